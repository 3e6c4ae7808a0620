import { setTimeout as sleep } from 'node:timers/promises';
import { eventStream } from '@coroner/schema/wire/subjects';
import type { JetStreamManager, NatsConnection, NatsError } from 'nats';
import type { Logger } from 'pino';
import { ensureStreams } from './streams.ts';

/** Several times as long as a message may go unacknowledged before it is delivered again. */
const lookEveryMs = 30_000;
/** JetStream's error code. */
const noMessageFound = 10037;
const { name, consumer } = eventStream;

/** Where the stream and its consumer stand. */
interface Standing {
  messages: number;
  /** The oldest message that is held. */
  head: number;
  /** The newest message that was delivered. */
  delivered: number;
  undelivered: number;
  unacknowledged: number;
  floor: number;
}

/** Looks after the consumer until `signal` aborts. `isStoring`: the last batch went into the database. */
export async function sweepForEver(
  connection: NatsConnection,
  isStoring: () => boolean,
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  const sweep = sweeper(connection, signal, log);
  while (!signal.aborted) {
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined); // Aborted: seen below.
    if (signal.aborted) return;
    try {
      // What nobody can store now would only be delivered again and again.
      if (isStoring()) await sweep();
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'cannot look after the consumer now');
    }
  }
}

/**
 * Starts the consumer over when it is stuck at the same place as at the look before; then everything
 * that is left in the stream is delivered again, and what is stored already is known by its id.
 *
 * After a kill -9 of nats-server 2.9 its files disagree, for it writes acknowledgements and removals
 * at different times; and it forgets messages that were delivered twice in another order. Then
 * messages lie in the stream that it never delivers, stored or not, or it waits for the
 * acknowledgement of messages that are gone, up to `max_ack_pending`, where delivery would stop.
 *
 * Each call is one look; resolves to whether it started the consumer over.
 */
export function sweeper(
  connection: NatsConnection,
  signal: AbortSignal,
  log: Logger,
): () => Promise<boolean> {
  let before: Standing | null = null;
  return async () => {
    const manager = await connection.jetstreamManager();
    const now = await standing(manager);
    const stuck =
      before !== null &&
      (headIsForgotten(before, now) || (await waitsForRemoved(manager, before, now)));
    before = stuck ? null : now;
    if (!stuck) return false;
    log.warn({ ...now }, 'nats-server forgot messages: starting its consumer over');
    await manager.consumers.delete(name, consumer);
    await ensureStreams(connection, log, signal);
    return true;
  };
}

async function standing(manager: JetStreamManager): Promise<Standing> {
  const { state } = await manager.streams.info(name);
  const info = await manager.consumers.info(name, consumer);
  return {
    messages: state.messages,
    head: state.first_seq,
    delivered: info.delivered.stream_seq,
    undelivered: info.num_pending,
    unacknowledged: info.num_ack_pending,
    floor: info.ack_floor.stream_seq,
  };
}

/** It was delivered at the look before, it is still there, and others were stored since. */
function headIsForgotten(before: Standing, now: Standing): boolean {
  const moves = now.undelivered === 0 || now.delivered > before.delivered;
  return now.messages > 0 && now.head === before.head && before.delivered >= now.head && moves;
}

/** The next message that it wants acknowledged, at both looks, is none that is held. */
async function waitsForRemoved(
  manager: JetStreamManager,
  before: Standing,
  now: Standing,
): Promise<boolean> {
  if (before.unacknowledged === 0 || now.unacknowledged === 0) return false;
  if (now.floor !== before.floor) return false;
  try {
    await manager.streams.getMessage(name, { seq: now.floor + 1 });
    return false;
  } catch (error) {
    if ((error as NatsError).api_error?.err_code === noMessageFound) return true;
    throw error;
  }
}
