import { setTimeout as sleep } from 'node:timers/promises';
import { eventStream } from '@coroner/schema/wire/subjects';
import type { JetStreamManager, NatsConnection } from 'nats';
import type { Logger } from 'pino';

const sweepEveryMs = 30_000;

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
      const swept = await sweep(await connection.jetstreamManager());
      if (swept > 0) log.info({ messages: swept }, 'removed acknowledged messages from the stream');
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'cannot sweep the stream, trying again');
    }
  }
}

/**
 * Removes messages at or below the consumer's acknowledgement floor: all of them are stored.
 * nats-server writes removals later than acknowledgements, so that a kill -9 of it leaves such
 * messages behind for ever. They use up disk, and while one lies at the head of the stream
 * nats-server 2.9 goes on counting other, already removed messages as pending
 * (`max_ack_pending`), until nothing is delivered any more. Returns how many were removed.
 */
export async function sweep(manager: JetStreamManager): Promise<number> {
  const { name, consumer } = eventStream;
  const { ack_floor: floor } = await manager.consumers.info(name, consumer);
  const { state } = await manager.streams.info(name);
  if (state.messages === 0 || state.first_seq > floor.stream_seq) return 0;
  const { purged } = await manager.streams.purge(name, { seq: floor.stream_seq + 1 });
  return purged;
}
