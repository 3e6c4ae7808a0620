import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowsRead } from '../../testing/rows-read.ts';
import { startPostgres, type TestPostgres } from '../../testing/servers/postgres.ts';
import { createPool, inTransaction, type Pool } from '../database.ts';
import { type DeathFilter, findDeaths } from './find-deaths.ts';

let postgres: TestPostgres;
let pool: Pool;
const history = 10_000;
/** What its like did on another host. */
const elsewhere = [2_000, 8_000];

/** On one host a program that dies every minute, and one that died once: first, or in the middle. */
beforeAll(async () => {
  postgres = await startPostgres();
  pool = createPool(await postgres.createDatabase(), 'test', () => {});
  await pool.query(`
    insert into deaths (id, host, boot_id, pid, comm, exe_name, unit, died_at, cause, confidence,
      summary, answer)
    select 'd' || n, case when n in (${elsewhere}) then 'web-2' else 'web-1' end, 'b', n, name, name,
      name || '.service',
      now() - make_interval(mins => n), 'crash', 'proven', '', '{}'
    from generate_series(1, ${history}) n, lateral (select case n
      when ${history} then 'first' when ${history / 2} then 'middle' else 'usual' end as name) named;
    analyze;`);
});
afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
});

test.each<[string, Partial<DeathFilter>, number]>([
  ['a name', { names: ['first'] }, 1],
  ['a name that nobody has', { names: ['nobody'] }, 0],
  ['a unit', { names: ['middle.service'] }, 1],
  ['several names', { names: ['first', 'middle'] }, 2],
  ['a name on a host', { names: ['middle'], host: 'web-1' }, 1],
  ['a unit of many hosts', { names: ['usual.service'], host: 'web-2' }, elsewhere.length],
  ['an executable of many hosts', { names: ['usual'], host: 'web-2' }, elsewhere.length],
  ['a name before some time', { names: ['first'], until: new Date().toISOString() }, 1],
  ['a name that is everywhere', { names: ['usual'] }, 50],
])(
  'what has %s is found without reading history, newest or oldest first',
  async (_, asked, found) => {
    const filter = { names: null, host: null, pid: null, since: null, until: null, ...asked };
    await inTransaction(pool, async (transaction) => {
      for (const order of ['desc', 'asc'] as const) {
        const before = await rowsRead(transaction);
        const deaths = await findDeaths(transaction, filter, order, 50);
        const times = deaths.map(({ diedAt }) => diedAt);
        expect(deaths).toHaveLength(found);
        expect(times).toEqual(order === 'asc' ? times.toSorted() : times.toSorted().reverse());
        expect((await rowsRead(transaction)) - before).toBeLessThan(500);
      }
    });
  },
);
