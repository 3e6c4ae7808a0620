import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { type Changes, changesChannel } from './notify.ts';

const retryAfterMs = 1_000;
const keepAliveMs = 10_000;

export interface Subscription {
  stop(): Promise<void>;
}

/**
 * Hears what any hub committed (LISTEN), reconnecting for ever. `onChanges` is also called with
 * nothing after each connect, since notifications of the time before are lost.
 */
export function subscribe(
  databaseUrl: string,
  applicationName: string,
  onChanges: (changes: Changes) => void,
  log: Logger,
): Subscription {
  const stopping = new AbortController();
  let client: pg.Client | undefined;

  async function listen(): Promise<void> {
    client = new pg.Client({
      connectionString: databaseUrl,
      application_name: applicationName,
      keepAlive: true,
      keepAliveInitialDelayMillis: keepAliveMs,
    });
    const ended = new Promise<void>((resolve) => client?.once('end', resolve));
    client.on('error', (error) => log.warn({ reason: error.message }, 'LISTEN broke'));
    client.on('notification', ({ payload }) => {
      if (payload) onChanges(JSON.parse(payload) as Changes);
    });
    await client.connect();
    await client.query(`listen ${changesChannel}`);
    onChanges({ deaths: [], incidents: [] });
    if (stopping.signal.aborted) await client.end();
    await ended;
  }

  const running = (async () => {
    while (!stopping.signal.aborted) {
      await listen().catch((error: Error) =>
        log.warn({ reason: error.message }, 'cannot LISTEN, trying again'),
      );
      await sleep(retryAfterMs, undefined, { signal: stopping.signal }).catch(() => {
        // Aborted: the loop ends.
      });
    }
  })();

  return {
    async stop() {
      stopping.abort();
      await client?.end().catch(() => {
        // It was broken already.
      });
      await running;
    },
  };
}
