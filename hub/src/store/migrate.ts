import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import { applyMigration, migrationsFolder } from './apply-migration.ts';
import { onOneConnection, type Pool } from './database.ts';
import { isUnavailable } from './failure.ts';

/** Any number, the same in every hub: only one migrates at a time. */
const advisoryLockKey = 7_380_001;
const lookAgainMs = 200;

/**
 * Brings the database to the newest version: each file of schema/migrations once, in the order of
 * its name, under a lock, so that several hubs may start at once. Returns the names that were
 * applied now.
 */
export function migrate(pool: Pool): Promise<string[]> {
  return onOneConnection(pool, async (client, discard) => {
    await lockForSession(client);
    try {
      await client.query(
        `create table if not exists schema_migrations (
           name text primary key, applied_at timestamp with time zone not null default now())`,
      );
      const pending = await pendingMigrations(client);
      for (const name of pending) await applyMigration(client, name);
      return pending;
    } finally {
      await client.query('select pg_advisory_unlock($1)', [advisoryLockKey]).catch(discard);
    }
  });
}

/**
 * Asks again and again instead of waiting in Postgres: an index that is made concurrently waits for
 * every statement that is under way, and so for those that wait for it.
 */
async function lockForSession(client: pg.PoolClient): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ got: boolean }>(
      'select pg_try_advisory_lock($1) as got',
      [advisoryLockKey],
    );
    if (rows[0]?.got) return;
    await sleep(lookAgainMs);
  }
}

async function pendingMigrations(client: pg.PoolClient): Promise<string[]> {
  const applied = await client.query<{ name: string }>('select name from schema_migrations');
  const known = new Set(applied.rows.map((row) => row.name));
  const files = (await readdir(migrationsFolder())).filter((name) => name.endsWith('.sql')).sort();
  const newer = [...known].filter((name) => !files.includes(name));
  if (newer.length > 0)
    throw new Error(
      `The database was migrated by a newer hub (${newer.join(', ')}): upgrade this one`,
    );
  return files.filter((name) => !known.has(name));
}

const retryAfterMs = 1_000;

/** As {@link migrate}, and waits for the database when it is away. */
export async function migrateInTheEnd(pool: Pool, log: Logger): Promise<void> {
  for (;;) {
    try {
      const applied = await migrate(pool);
      if (applied.length > 0) log.info({ applied }, 'migrated the database');
      return;
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      log.warn({ reason: (error as Error).message }, 'Postgres is not there yet, trying again');
      await sleep(retryAfterMs);
    }
  }
}
