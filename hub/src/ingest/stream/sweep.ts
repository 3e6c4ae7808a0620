import { setTimeout as sleep } from 'node:timers/promises';
import { alertStream, eventStream } from '@coroner/schema/wire/subjects';
import type { NatsConnection } from 'nats';
import type { Logger } from 'pino';
import { type Place, type Standing, standing } from './standing.ts';
import { ensureStreams } from './streams.ts';
import { type IsStuck, keptIsStuck, queueIsStuck } from './stuck.ts';

/** Several times as long as a message may go unacknowledged before it is delivered again. */
const lookEveryMs = 30_000;

/** Looks after both consumers until `signal` aborts. `isStoring`: the last batch went into the database. */
export async function sweepForEver(
  connection: NatsConnection,
  isStoring: () => boolean,
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  const sweepEvents = sweeper(connection, eventStream, queueIsStuck, signal, log);
  const sweepAlerts = sweeper(connection, alertStream, keptIsStuck, signal, log);
  while (!signal.aborted) {
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined); // Aborted: seen below.
    if (signal.aborted) return;
    try {
      // What nobody can store now would only be delivered again and again.
      if (isStoring()) await sweepEvents();
      await sweepAlerts();
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'cannot look after the consumers now');
    }
  }
}

/**
 * Starts the consumer over when it is stuck since the look before; then everything that is left in
 * the stream is delivered again: what is stored already is known by its id, what is posted already by
 * its claim.
 *
 * After a kill -9 of nats-server 2.9 its files disagree, for it writes messages, acknowledgements and
 * removals at different times; and it forgets messages that were delivered twice in another order.
 * Then messages lie in the stream that it never delivers, stored or not, or it waits for the
 * acknowledgement of messages that are gone, up to `max_ack_pending`, where delivery would stop.
 *
 * Each call is one look; resolves to whether it started the consumer over.
 */
export function sweeper(
  connection: NatsConnection,
  place: Place,
  isStuck: IsStuck,
  signal: AbortSignal,
  log: Logger,
): () => Promise<boolean> {
  let before: Standing | null = null;
  return async () => {
    const manager = await connection.jetstreamManager();
    const now = await standing(manager, place);
    const stuck = before !== null && (await isStuck(manager, place, before, now));
    before = stuck ? null : now;
    if (!stuck) return false;
    log.warn({ ...place, ...now }, 'nats-server forgot messages: starting its consumer over');
    await manager.consumers.delete(place.name, place.consumer);
    await ensureStreams(connection, log, signal);
    return true;
  };
}
