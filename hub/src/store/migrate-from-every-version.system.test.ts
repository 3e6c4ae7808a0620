import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../testing/servers/postgres.ts';
import { applyMigration } from './apply-migration.ts';
import { createPool, onOneConnection, type Pool } from './database.ts';
import { migrate } from './migrate.ts';

const folder = fileURLToPath(new URL('../../../schema/migrations', import.meta.url));
let postgres: TestPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

async function on<Result>(url: string, work: (pool: Pool) => Promise<Result>): Promise<Result> {
  const pool = createPool(url, 'test', () => {});
  return work(pool).finally(() => pool.end());
}

/** All that tells one schema from another. */
async function schemaOf(pool: Pool): Promise<Record<string, unknown[]>> {
  const of = async (text: string) => (await pool.query<{ row: string }>(text)).rows;
  return {
    columns: await of(`
      select concat_ws(' ', table_name, column_name, data_type, datetime_precision, is_nullable,
        column_default, collation_name) as row
      from information_schema.columns where table_schema = 'public' order by 1`),
    indexes: await of(
      `select indexdef as row from pg_indexes where schemaname = 'public' order by 1`,
    ),
    constraints: await of(`
      select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as row
      from pg_constraint where connamespace = 'public'::regnamespace order by 1`),
    settings: await of(`
      select relname || ' ' || reloptions::text as row from pg_class
      where relnamespace = 'public'::regnamespace and reloptions is not null order by 1`),
    migrations: await of('select name as row from schema_migrations order by 1'),
  };
}

async function rowsOfTables(pool: Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ name: string; rows: number }>(`
    select relname as name, (xpath('/row/n/text()', query_to_xml(
      format('select count(*) as n from %I', relname), false, true, '')))[1]::text::integer as rows
    from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname <> 'schema_migrations'`);
  return new Map(rows.map(({ name, rows: count }) => [name, count]));
}

/** Something that a column of a type can hold; texts of one version are equal, so that rows refer to each other. */
const somethingIn = (column: string, type: string, version: string): string => {
  if (column === 'kind') return `'oom-kill'`;
  if (type === 'text') return `'of-${version}'`;
  if (type === 'timestamp with time zone') return 'now()';
  if (type === 'ARRAY') return `'{web-1}'`;
  if (type === 'jsonb') return `'{}'`;
  // A table of one row, which its migration makes, says so by a key that is true.
  if (type === 'boolean') return String(column === 'id');
  return '1';
};

/** A row in each table, as a hub of that version could have written it. */
async function addRows(pool: Pool, version: string): Promise<void> {
  const { rows } = await pool.query<{ table: string; name: string; type: string }>(`
    select table_name as table, column_name as name, data_type as type
    from information_schema.columns
    where table_schema = 'public' and table_name <> 'schema_migrations'
      and coalesce(column_default, '') not like 'nextval%'`);
  for (const table of new Set(rows.map((row) => row.table))) {
    const columns = rows.filter((row) => row.table === table);
    const values = columns.map(({ name, type }) => somethingIn(name, type, version));
    await pool.query(
      `insert into ${table} (${columns.map(({ name }) => `"${name}"`)}) values (${values})
       on conflict do nothing`,
    );
  }
}

test('a database of every earlier version, with rows of each, becomes the newest and loses none', async () => {
  const files = (await readdir(folder)).sort();
  const newest = await on(await postgres.createDatabase(), schemaOf);
  const growing = await postgres.createEmptyDatabase();
  await on(growing, (pool) =>
    pool.query(
      'create table schema_migrations (name text primary key, applied_at timestamptz not null default now())',
    ),
  );
  for (const name of files) {
    await on(growing, async (pool) => {
      await onOneConnection(pool, (client) => applyMigration(client, name));
      await addRows(pool, name);
    });
    await on(await postgres.copyOf(growing), async (pool) => {
      const before = await rowsOfTables(pool);
      expect(await migrate(pool)).toEqual(files.slice(files.indexOf(name) + 1));
      expect(await schemaOf(pool), `from ${name}`).toEqual(newest);
      const after = await rowsOfTables(pool);
      for (const [table, rows] of before)
        expect(after.get(table), `${table} from ${name}`).toBeGreaterThanOrEqual(rows);
    });
  }
});
