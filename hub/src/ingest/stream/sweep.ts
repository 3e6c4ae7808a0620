import { setTimeout as sleep } from 'node:timers/promises';
import { eventStream } from '@coroner/schema/wire/subjects';
import type { JetStreamManager, NatsConnection, NatsError } from 'nats';
import type { Logger } from 'pino';

const sweepEveryMs = 30_000;
/** JetStream's error code. */
const noMessageFound = 10037;
const { name, consumer } = eventStream;

/** Sweeps until `signal` aborts. */
export async function sweepForEver(
  connection: NatsConnection,
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  while (!signal.aborted) {
    await sleep(sweepEveryMs, undefined, { signal }).catch(() => undefined); // Aborted: seen below.
    if (signal.aborted) return;
    try {
      const swept = await sweep(connection);
      if (swept > 0) log.info({ messages: swept }, 'removed acknowledged messages from the stream');
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'cannot sweep the stream, trying again');
    }
  }
}

/**
 * Mends what a kill -9 of nats-server leaves, which writes acknowledgements and removals to disk
 * at different times; returns how many stored messages it removed from the stream.
 */
export async function sweep(connection: NatsConnection): Promise<number> {
  const manager = await connection.jetstreamManager();
  await releaseRemoved(connection, manager);
  return await purgeStored(manager);
}

/**
 * Acknowledges messages that wait for that and are no longer in the stream. A work queue removes
 * only what was acknowledged, so they are stored; nats-server 2.9 counts them as pending for ever,
 * and at `max_ack_pending` of them it delivers nothing any more.
 */
async function releaseRemoved(connection: NatsConnection, manager: JetStreamManager) {
  for (let last = -1; ; ) {
    const info = await manager.consumers.info(name, consumer);
    const { stream_seq: floor, consumer_seq: delivery } = info.ack_floor;
    if (info.num_ack_pending === 0 || floor === last || (await isHeld(manager, floor + 1))) return;
    connection.publish(ackSubject(floor + 1, delivery + 1));
    await connection.flush();
    last = floor;
  }
}

async function isHeld(manager: JetStreamManager, sequence: number): Promise<boolean> {
  try {
    await manager.streams.getMessage(name, { seq: sequence });
    return true;
  } catch (error) {
    if ((error as NatsError).api_error?.err_code === noMessageFound) return false;
    throw error;
  }
}

/** As a message's own reply subject: `$JS.ACK.stream.consumer.deliveries.sequence.delivery.time.pending`. */
const ackSubject = (sequence: number, delivery: number): string =>
  `$JS.ACK.${name}.${consumer}.1.${sequence}.${delivery}.0.0`;

/** Removes what lies in the stream at or below the acknowledgement floor: all of it is stored. */
async function purgeStored(manager: JetStreamManager): Promise<number> {
  const { ack_floor: floor } = await manager.consumers.info(name, consumer);
  const { state } = await manager.streams.info(name);
  if (state.messages === 0 || state.first_seq > floor.stream_seq) return 0;
  const { purged } = await manager.streams.purge(name, { seq: floor.stream_seq + 1 });
  return purged;
}
