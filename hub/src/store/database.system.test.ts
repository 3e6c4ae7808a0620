import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../testing/servers/postgres.ts';
import { createPool, inTransaction, onOneConnection, type Pool } from './database.ts';

let postgres: TestPostgres;
let pool: Pool;
beforeAll(async () => {
  postgres = await startPostgres();
  pool = createPool(await postgres.createEmptyDatabase(), 'test', () => {});
});
afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
});

/** Ends the connection while no statement of it is under way, and waits until that is known here. */
async function cut(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const known = new Promise<void>((resolve) => client.once('end', resolve));
  await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await known;
}

test.each([
  ['a transaction', inTransaction],
  ['a connection of its own', onOneConnection],
])(
  'a connection that breaks between two statements rejects %s and ends nothing else',
  async (_, run) => {
    const work = async (client: pg.PoolClient) => {
      await cut(client);
      await client.query('select 1');
    };
    await expect(run(pool, work)).rejects.toThrow();
    const { rows } = await run(pool, (client) => client.query('select 1 as one'));
    expect(rows).toEqual([{ one: 1 }]);
  },
);
