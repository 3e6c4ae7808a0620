import type pg from 'pg';
import { onOneConnection, type Pool, type Queryable } from '../database.ts';
import type { Rule } from './rules.ts';

/** Any number, the same in every hub: one of them forgets at a time. */
const advisoryLockKey = 7_380_002;

/** Runs `work` on a connection of its own while no other hub does the same; null when another does. */
export function aloneForgetting<Result>(
  pool: Pool,
  work: (on: pg.PoolClient) => Promise<Result>,
): Promise<Result | null> {
  return onOneConnection(pool, async (client) => {
    const { rows } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_lock($1) as mine',
      [advisoryLockKey],
    );
    if (!rows[0]?.mine) return null;
    try {
      return await work(client);
    } finally {
      // Where the connection is gone the lock is too.
      await client.query('select pg_advisory_unlock($1)', [advisoryLockKey]).catch(() => undefined);
    }
  });
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
