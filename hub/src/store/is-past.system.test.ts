import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../testing/servers/postgres.ts';
import { createPool, inTransaction, type Pool } from './database.ts';
import { isPast } from './is-past.ts';

let postgres: TestPostgres;
let pool: Pool;
const leaseSeconds = 20;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = createPool(await postgres.createDatabase(), 'test', () => {});
});
afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
});

const past = (time: string) => `select ${isPast(`(${time})`, leaseSeconds)} as past`;

test.each([
  ["now() - interval '1 second'", true],
  ["now() + interval '1 second'", false],
  [`now() + interval '${leaseSeconds} seconds'`, false],
  ["now() + interval '1 hour'", true],
])('%s is past: %s', async (time, expected) => {
  expect((await pool.query(past(time))).rows).toEqual([{ past: expected }]);
});

test('a lease that began after this transaction is not from before the clock was set back', async () => {
  await inTransaction(pool, async (first) => {
    await first.query('select now()');
    const { rows } = await pool.query<{ until: string }>(
      `select now() + interval '${leaseSeconds} seconds' as until`,
    );
    const until = `'${rows[0]?.until}'::timestamptz`;
    expect((await first.query(past(until))).rows).toEqual([{ past: false }]);
  });
});
