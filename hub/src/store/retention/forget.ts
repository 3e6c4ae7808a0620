import type pg from 'pg';
import type { Pool, Queryable } from '../database.ts';
import type { Rule } from './rules.ts';

/** Any number, the same in every hub: one of them forgets at a time. */
const advisoryLockKey = 7_380_002;

/** Runs `work` on a connection of its own while no other hub does the same; null when another does. */
export async function aloneForgetting<Result>(
  pool: Pool,
  work: (on: pg.PoolClient) => Promise<Result>,
): Promise<Result | null> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_lock($1) as mine',
      [advisoryLockKey],
    );
    if (!rows[0]?.mine) return null;
    const result = await work(client);
    await client.query('select pg_advisory_unlock($1)', [advisoryLockKey]);
    return result;
  } catch (error) {
    // The lock goes with the connection.
    broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Forgets at most `most` rows of one rule; how many it were. */
export async function forgetSome(
  on: Queryable,
  { what, text }: Rule,
  days: number,
  most: number,
): Promise<number> {
  const { rowCount } = await on.query({ name: `forget-${what}`, text, values: [days, most] });
  return rowCount ?? 0;
}
