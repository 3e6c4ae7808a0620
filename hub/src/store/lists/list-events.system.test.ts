import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowsRead } from '../../testing/rows-read.ts';
import { startPostgres, type TestPostgres } from '../../testing/servers/postgres.ts';
import { createPool, inTransaction, type Pool } from '../database.ts';
import type { Position } from './drizzle.ts';
import type { EventFilter } from './event-filter.ts';
import { listEvents } from './list-events.ts';

let postgres: TestPostgres;
let pool: Pool;
const history = 20_000;
const oldest = new Date(Date.now() - (history + 1) * 60_000).toISOString();

/** A unit's, a command's and a death's event a minute, each on another host; the first of each is rare. */
beforeAll(async () => {
  postgres = await startPostgres();
  pool = createPool(await postgres.createDatabase(), 'test', () => {});
  await pool.query(`
    insert into events (id, host, boot_id, kind, source, at, comm, body, received_at)
    select kind || lpad(n::text, 6, '0'), 'web-' || n % 500, 'b',
      case when n = ${history} and kind = 'unit' then 'sysrq' else kind end, 'journal',
      now() - make_interval(mins => n),
      case when kind = 'death' then case n when ${history} then 'rare' else 'nginx' end end,
      case when kind = 'shell-command'
        then jsonb_build_object('user', case n when ${history} then 'zoe' else 'alice' end)
        else '{}' end,
      now()
    from generate_series(1, ${history}) n, unnest(array['unit', 'shell-command', 'death']) kind;
    insert into deaths (id, host, boot_id, pid, comm, user_name, actor_user, died_at, cause,
      confidence, summary, answer)
    select id, host, 'b', 1, comm, 'www-data', case comm when 'rare' then 'zoe' else 'bob' end, at,
      case when comm = 'rare' then 'sysrq' else 'crash' end, 'proven', '', '{}'
    from events where kind = 'death';
    analyze;`);
});
afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
});

async function listed(filter: Omit<EventFilter, 'limit'>, position: Position | null = null) {
  return inTransaction(pool, async (transaction) => {
    const on = transaction as unknown as Pool;
    const before = await rowsRead(transaction);
    const items = await listEvents(on, { ...filter, limit: 20 }, position);
    return { items, read: (await rowsRead(transaction)) - before };
  });
}

test.each<[string, Omit<EventFilter, 'limit'>, number]>([
  ['any kind', {}, 20],
  ['any kind of long ago', { until: oldest }, 0],
  ['a kind that is rare', { kind: 'sysrq' }, 1],
  ['a kind that is everywhere', { kind: 'unit' }, 20],
  ['a user who is rare', { user: 'zoe' }, 2],
  ['a user who is rare, and a kind', { user: 'zoe', kind: 'death' }, 1],
  ['a user who is everywhere', { user: 'alice' }, 20],
  ['a user whose processes die', { user: 'www-data' }, 20],
  ['a process that is rare', { process: 'rare' }, 1],
  ['a cause', { cause: 'crash' }, 20],
  ['a cause that is rare', { cause: 'sysrq' }, 1],
  ['a cause of a user who is rare', { cause: 'sysrq', user: 'zoe' }, 1],
  ['nobody', { user: 'nobody' }, 0],
  ['a process of a host', { process: 'nginx', host: 'web-7' }, 20],
])('of all hosts, %s is found without reading history', async (_, filter, found) => {
  const { items, read } = await listed(filter);
  expect(items).toHaveLength(found);
  const order = items.map(({ at, id }) => `${at} ${id}`);
  expect(order).toEqual(order.toSorted().reverse());
  expect(read).toBeLessThan(2_000);
});

test('page by page comes the same as at once, each once', async () => {
  const whole = await inTransaction(pool, (transaction) =>
    listEvents(transaction as unknown as Pool, { limit: 100 }, null),
  );
  const pages: string[] = [];
  let position: Position | null = null;
  for (let page = 0; page < 5; page += 1) {
    const { items, read } = await listed({}, position);
    pages.push(...items.map(({ id }) => id));
    const { at, id } = items.at(-1) as (typeof items)[number];
    position = { at, id };
    expect(read).toBeLessThan(2_000);
  }
  expect(pages).toEqual(whole.map(({ id }) => id));
});
