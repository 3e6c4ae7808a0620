import { eventStream } from '@coroner/schema/wire/subjects';
import { type ConsumerMessages, Events, type JsMsg, type NatsConnection } from 'nats';
import type { Logger } from 'pino';
import { backOff } from './backoff.ts';
import { ensureStreams } from './streams.ts';

const pullMessages = 64;
const pullExpiresMs = 5_000;

/**
 * Pulls messages from the durable consumer until `signal` aborts, whatever happens to the server.
 * `deliver` takes each message; `room` holds the next pull back until there is room for it.
 */
export async function pullForEver(
  connection: NatsConnection,
  deliver: (message: JsMsg) => void,
  room: () => Promise<void>,
  signal: AbortSignal,
  log: Logger,
  replicas: number | null,
): Promise<void> {
  let current: ConsumerMessages | undefined;
  // What was pulled before the connection broke is not coming: pull anew at once.
  void onReconnect(connection, () => current?.stop());
  signal.addEventListener('abort', () => current?.stop(), { once: true });
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      await ensureStreams(connection, log, signal, replicas);
      const { name, consumer } = eventStream;
      const durable = await connection.jetstream().consumers.get(name, consumer);
      while (!signal.aborted) {
        current = await durable.fetch({ max_messages: pullMessages, expires: pullExpiresMs });
        for await (const message of current) deliver(message);
        attempt = 0;
        await room();
      }
    } catch (error) {
      if (signal.aborted) return;
      log.warn({ reason: (error as Error).message }, 'cannot pull from NATS, trying again');
      await backOff(attempt, signal);
    }
  }
}

async function onReconnect(connection: NatsConnection, act: () => void): Promise<void> {
  for await (const status of connection.status()) if (status.type === Events.Reconnect) act();
}
