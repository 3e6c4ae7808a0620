import { instantFromPostgres } from '@coroner/schema/tables/instant';
import pg from 'pg';

/** OID of `timestamp with time zone`, pg_type.dat. */
const timestamptzOid = 1184;
/** OID of `bigint`: counts, which stay far below 2^53. */
const int8Oid = 20;
const connectTimeoutMs = 5_000;
const poolSize = 12;

export type Pool = pg.Pool;
/** A connection inside a transaction, or the pool: whatever runs a statement. */
export type Queryable = pg.Pool | pg.PoolClient;
export type Transaction = pg.PoolClient;

/** Instants as ISO 8601 with microseconds, bigint as numbers. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && oid === timestamptzOid) return instantFromPostgres;
    if (format !== 'binary' && oid === int8Oid) return Number;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/** Settings of every connection: all times in UTC, plans that do not depend on the parameters. */
const sessionOptions = '-c TimeZone=UTC -c plan_cache_mode=force_generic_plan -c jit=off';

/** Connects lazily; `onError` hears of idle connections that broke. */
export function createPool(
  databaseUrl: string,
  applicationName: string,
  onError: (error: Error) => void,
): Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: applicationName,
    options: sessionOptions,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    types,
  });
  pool.on('error', onError);
  return pool;
}

/**
 * Runs `work` on a connection of its own. One that breaks while no statement is under way says so by
 * an event, which would end the process if nobody heard it; the next statement rejects. `discard`:
 * nobody is to get this connection again.
 */
export async function onOneConnection<Result>(
  pool: Pool,
  work: (client: pg.PoolClient, discard: (error: Error) => void) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const discard = (error: Error) => {
    broken = error;
  };
  client.on('error', discard);
  try {
    return await work(client, discard);
  } finally {
    client.off('error', discard);
    client.release(broken);
  }
}

/** Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. */
export function inTransaction<Result>(
  pool: Pool,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return onOneConnection(pool, async (client, discard) => {
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      // Where that fails the connection is gone, and the transaction with it.
      await client.query('rollback').catch(discard);
      throw error;
    }
  });
}

/** Why the database cannot be used now; empty when it answers. */
export async function databaseTroubles(pool: Pool): Promise<string[]> {
  return pool.query('select 1').then(
    () => [],
    (error: Error) => [`Postgres: ${error.message}`],
  );
}
