import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isGone } from '../stack/process.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { until } from '../stack/until.ts';
import { type Victims, victims } from '../victims/victims.ts';

/** Journey 7: fifty thousand real kills, while every part of Coroner is killed in turn. */
const kills = 50_000;
const pauseUs = 700;
const countEveryMs = 200;
const storeWithinMs = 600_000;
const testWithinMs = 1_800_000;
let stack: Stack;
let lab: Victims;
let database: pg.Pool;
beforeAll(async () => {
  lab = victims();
  stack = await startStack();
  database = new pg.Pool({ connectionString: stack.run().databaseUrl, max: 2 });
  database.on('error', () => undefined); // Postgres is not killed here, but may drop us at the end.
});
afterAll(async () => {
  await database.end();
  await lab.clean();
  await stack.stop();
});

it(
  'kill -9 of hub, nats-server and agent in 50,000 deaths: each is stored exactly once',
  async () => {
    const name = lab.name();
    const storm = lab.run(lab.program(name), ['storm', `${kills}`, `${pauseUs}`]);
    const parts = ['hub', 'nats', 'agent', 'hub', 'nats'] as const;
    for (const [index, part] of parts.entries()) {
      const enough = ((index + 1) * kills) / (parts.length + 2);
      await until(
        `${enough} deaths are stored`,
        async () => (await storedDeaths(name)) > enough,
        storeWithinMs,
      );
      await killAndWait(part);
    }
    expect(await storm.end).toEqual({ code: 0, signal: null });
    // The storm's own word: so many of its children did a signal end.
    expect(storm.output()).toBe(`${kills}\n`);
    await everythingIsStored(name);
    const { deaths, processes, events, lost, quarantined } = await stored(name);
    // While no agent empties it the kernel's ring may overflow; each such loss is counted.
    expect(deaths + lost).toBeGreaterThanOrEqual(kills);
    if (lost === 0) expect(deaths).toBe(kills);
    expect({ processes, events, quarantined }).toEqual({
      processes: deaths,
      events: deaths,
      quarantined: 0,
    });
  },
  testWithinMs,
);

async function storedDeaths(name: string): Promise<number> {
  await sleep(countEveryMs);
  const { rows } = await database.query('select count(*)::int from deaths where comm = $1', [name]);
  return rows[0].count;
}

/** Every kill of the storm is accounted for, and a death after it is known: nothing is under way. */
async function everythingIsStored(name: string): Promise<void> {
  const marker = lab.name();
  const victim = lab.run(lab.program(marker), ['rest']);
  await victim.up;
  victim.child.kill('SIGKILL');
  await until(
    'the last death is known',
    async () => (await storedDeaths(marker)) > 0,
    storeWithinMs,
  );
  let seen = {};
  await until(
    'all are stored or counted as lost',
    async () => {
      const { deaths, lost } = await stored(name);
      seen = { deaths, lost };
      return deaths + lost >= kills;
    },
    storeWithinMs,
  ).catch((error: Error) => {
    throw new Error(`${error.message}: ${JSON.stringify(seen)}\n${stack.output()}`);
  });
}

/** Children of the storm: rows in both tables, and different processes among them. */
async function stored(name: string) {
  const { rows } = await database.query(
    `select (select count(*) from deaths where comm = $1 and actor_key is not null)::int as deaths,
            count(distinct (host, boot_id, pid, body->'victim'->'startUs'))::int as processes,
            count(*)::int as events,
            (select coalesce(sum((body->>'lost')::int), 0) from events where kind = 'gap')::int
              as lost,
            (select count(*) from quarantine)::int as quarantined
       from events where kind = 'death' and comm = $1 and body->'exit'->>'signal' = 'SIGKILL'`,
    [name],
  );
  return rows[0] as Record<'deaths' | 'processes' | 'events' | 'lost' | 'quarantined', number>;
}

/** SIGKILL, and waits until the part runs again under another pid. */
async function killAndWait(part: 'hub' | 'nats' | 'agent'): Promise<void> {
  const pid = stack.run().pids[part];
  if (pid === undefined) throw new Error(`run.json has no pid of ${part}`);
  process.kill(pid, 'SIGKILL');
  await until(`${part} is gone`, () => isGone(pid));
  await until(`${part} runs again`, () => {
    const now = stack.run().pids[part];
    return now !== undefined && now !== pid && !isGone(now);
  });
}
