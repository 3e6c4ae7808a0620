import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { inTransaction, type Pool, type Transaction } from './database.ts';
import { isUnavailable } from './failure.ts';

/** Any number, the same in every hub: only one migrates at a time. */
const advisoryLockKey = 7_380_001;

/** The folder of the SQL files: beside the compiled schema package. */
const migrationsFolder = (): string =>
  join(
    dirname(createRequire(import.meta.url).resolve('@coroner/schema/identity')),
    '../migrations',
  );

/**
 * Brings the database to the newest version: each file of schema/migrations once, in the order of
 * its name, all in one transaction under a lock, so that several hubs may start at once.
 * Returns the names that were applied now.
 */
export function migrate(pool: Pool): Promise<string[]> {
  return inTransaction(pool, async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [advisoryLockKey]);
    await transaction.query(
      `create table if not exists schema_migrations (
         name text primary key, applied_at timestamp with time zone not null default now())`,
    );
    const pending = await pendingMigrations(transaction);
    for (const name of pending) await apply(transaction, name);
    return pending;
  });
}

async function pendingMigrations(transaction: Transaction): Promise<string[]> {
  const applied = await transaction.query<{ name: string }>('select name from schema_migrations');
  const known = new Set(applied.rows.map((row) => row.name));
  const files = (await readdir(migrationsFolder())).filter((name) => name.endsWith('.sql')).sort();
  const newer = [...known].filter((name) => !files.includes(name));
  if (newer.length > 0)
    throw new Error(
      `The database was migrated by a newer hub (${newer.join(', ')}): upgrade this one`,
    );
  return files.filter((name) => !known.has(name));
}

async function apply(transaction: Transaction, name: string): Promise<void> {
  const text = await readFile(join(migrationsFolder(), name), 'utf8');
  try {
    await transaction.query(text);
  } catch (error) {
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
  await transaction.query('insert into schema_migrations (name) values ($1)', [name]);
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
