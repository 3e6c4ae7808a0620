import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowsRead } from '../../testing/rows-read.ts';
import { startPostgres, type TestPostgres } from '../../testing/servers/postgres.ts';
import { createPool, inTransaction, type Pool } from '../database.ts';
import { hostsReached } from './affected-deaths.ts';

let postgres: TestPostgres;
let pool: Pool;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = createPool(await postgres.createDatabase(), 'test', () => {});
});
afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
});

test('what somebody did through a connection is found without reading all deaths', async () => {
  await pool.query(`
    insert into host_addresses values ('10.0.0.5', 'jump-1', now(), now());
    insert into deaths (id, host, boot_id, pid, comm, died_at, cause, confidence, summary, answer)
    select 'd' || n, 'web-' || n, 'b', n, 'nginx', now(), 'crash', 'proven', '', jsonb_build_object(
      'actor', jsonb_build_object('origin', jsonb_build_object('from', '10.0.' || n)))
    from generate_series(1, 10000) n;
    update deaths set answer = jsonb_set(answer, '{actor,origin,from}', '"10.0.0.5"') where id = 'd7';
    analyze;`);
  await inTransaction(pool, async (transaction) => {
    const before = await rowsRead(transaction);
    const connection = { host: 'jump-1', at: new Date().toISOString() };
    expect(await hostsReached(transaction, [connection])).toEqual(['web-7']);
    expect((await rowsRead(transaction)) - before).toBeLessThan(20);
  });
});
