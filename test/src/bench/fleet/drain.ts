import { setTimeout as sleep } from 'node:timers/promises';
import { batchOf } from '@coroner/hub/dist/testing/agent.js';
import { startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startPostgres } from '@coroner/hub/dist/testing/servers/postgres.js';
import { startWorld } from '@coroner/hub/dist/testing/world.js';
import { eventSubject } from '@coroner/schema/wire/subjects';
import { eventOf } from './agents/mix.ts';
import { limitProcessor } from './processor-share.ts';

const hosts = 1_000;
const inFlight = 64;
const lookEveryMs = 50;
/** The first tenth is left out: hubs do not begin in the same moment. */
const leftOut = 0.1;

/**
 * How many messages of one event each a second that many hubs store out of a backlog, each with at
 * most this share of a processor.
 */
export async function drainedBy(hubs: number, messages: number, share?: number): Promise<number> {
  const world = await startWorld({ postgresServer: () => startPostgres([]) });
  const running: Awaited<ReturnType<typeof startHubProcess>>[] = [];
  const lift: (() => Promise<void>)[] = [];
  try {
    // The first hub makes the streams; it must not take anything yet.
    const first = await startHubProcess(world.nats.url, world.databaseUrl);
    await first.end('SIGTERM');
    const stream = world.agent.connection.jetstream();
    let next = 0;
    await Promise.all(
      Array.from({ length: inFlight }, async () => {
        while (next < messages) {
          const number = next++;
          const host = `host-${`${number % hosts}`.padStart(5, '0')}`;
          const batch = batchOf(host, [eventOf(host, Math.floor(number / hosts), 'drain')]);
          await stream.publish(eventSubject(host), JSON.stringify(batch));
        }
      }),
    );
    const start = () => startHubProcess(world.nats.url, world.databaseUrl);
    running.push(...(await Promise.all(Array.from({ length: hubs }, start))));
    if (share !== undefined) lift.push(...running.map(({ pid }) => limitProcessor(pid, share)));
    let from: { count: number; ms: number } | undefined;
    for (;;) {
      const count = await world.count(`select count(*) from events where id like 'drain-%'`);
      const ms = performance.now();
      if (!from && count >= messages * leftOut) from = { count, ms };
      if (count >= messages && from) return ((count - from.count) / (ms - from.ms)) * 1_000;
      await sleep(lookEveryMs);
    }
  } finally {
    await Promise.all(running.map((hub) => hub.end('SIGKILL')));
    await Promise.all(lift.map((one) => one()));
    await world.stop();
  }
}
