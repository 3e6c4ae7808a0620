import { readFileSync } from 'node:fs';
import * as alertRoutes from '@coroner/schema/tables/alert-routes';
import * as apiTokens from '@coroner/schema/tables/api-tokens';
import * as changes from '@coroner/schema/tables/changes';
import * as claims from '@coroner/schema/tables/claims';
import * as deathHints from '@coroner/schema/tables/death-hints';
import * as deaths from '@coroner/schema/tables/deaths';
import * as events from '@coroner/schema/tables/events';
import * as expectedRules from '@coroner/schema/tables/expected-rules';
import * as hostAddresses from '@coroner/schema/tables/host-addresses';
import * as hostClocks from '@coroner/schema/tables/host-clocks';
import * as hostWatches from '@coroner/schema/tables/host-watches';
import * as hosts from '@coroner/schema/tables/hosts';
import * as incidentActions from '@coroner/schema/tables/incident-actions';
import * as incidents from '@coroner/schema/tables/incidents';
import * as quarantine from '@coroner/schema/tables/quarantine';
import * as signInLinks from '@coroner/schema/tables/sign-in-links';
import * as steadyClock from '@coroner/schema/tables/steady-clock';
import * as webhooks from '@coroner/schema/tables/webhooks';
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../testing/servers/postgres.ts';
import { until } from '../testing/until.ts';
import { createPool, type Pool } from './database.ts';
import { migrate } from './migrate.ts';

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

test('several hubs may migrate at once: one of them does it', async () => {
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(pool)));
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
});

test('a hub older than its database refuses to start', async () => {
  await pool.query(`insert into schema_migrations (name) values ('9999_future.sql')`);
  await expect(migrate(pool)).rejects.toThrow('9999_future.sql');
  await pool.query(`delete from schema_migrations where name = '9999_future.sql'`);
});

interface Column {
  name: string;
  nullable: boolean;
  type: string;
}

test('the migrated tables are those that the code knows', async () => {
  const modules = [
    ...[
      alertRoutes,
      apiTokens,
      changes,
      deathHints,
      claims,
      deaths,
      events,
      hosts,
      hostClocks,
      hostWatches,
    ],
    ...[
      expectedRules,
      hostAddresses,
      incidentActions,
      incidents,
      quarantine,
      signInLinks,
      steadyClock,
      webhooks,
    ],
  ];
  const tables = modules.flatMap((module) =>
    Object.values(module).filter((value): value is PgTable => is(value, PgTable)),
  );
  const known = Object.fromEntries(
    tables.map(getTableConfig).map(({ name, columns, indexes }) => [
      name,
      {
        columns: columns
          .map(
            (column): Column => ({
              name: column.name,
              nullable: !column.notNull,
              type: plain(column.getSQLType()),
            }),
          )
          .sort(byName),
        indexes: indexes.map((index) => index.config.name ?? '').sort(),
      },
    ]),
  );
  const columns = await pool.query<Column & { table: string }>(`
    select c.relname as table, a.attname as name, not a.attnotnull as nullable,
           format_type(a.atttypid, a.atttypmod) as type
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0
      and not a.attisdropped and c.relname <> 'schema_migrations'`);
  const indexes = await pool.query<{ table: string; name: string }>(`
    select t.relname as table, i.relname as name
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    where t.relnamespace = 'public'::regnamespace and not x.indisunique`);
  const there: typeof known = {};
  for (const { table, name, nullable, type } of columns.rows) {
    there[table] ??= { columns: [], indexes: [] };
    there[table].columns.push({ name, nullable, type: plain(type) });
  }
  for (const { table, name } of indexes.rows) there[table]?.indexes.push(name);
  for (const table of Object.values(there)) {
    table.columns.sort(byName);
    table.indexes.sort();
  }
  expect(there).toEqual(known);
});

const byName = (a: Column, b: Column): number => (a.name < b.name ? -1 : 1);
const plain = (type: string): string => type.replace('bigserial', 'bigint');

test('incidents that were acted on before lists knew it are found by their state', async () => {
  const path = new URL('../../../schema/migrations/0019_incident_status.sql', import.meta.url);
  await pool.query('alter table incidents drop column status');
  await pool.query(`
    insert into incidents (id, title, cause, first_at, last_at, deaths, hosts, death_id)
    select 'i' || n, '', 'crash', now(), now(), 1, '{}', 'd' from generate_series(1, 3) as n;
    insert into incident_states (incident_id, status, action_id, deaths, hosts)
    values ('i1', 'resolved', 'a', 1, 1), ('i2', 'open', 'b', 1, 1)`);
  await pool.query(readFileSync(path, 'utf8'));
  const { rows } = await pool.query('select id, status from incidents order by id');
  expect(rows.map(({ id, status }) => [id, status])).toEqual([
    ['i1', 'resolved'],
    ['i2', 'open'],
    ['i3', 'open'],
  ]);
});

describe('an index that is made online', () => {
  const file = '0022_deaths_of_host_by_name.sql';
  const index = 'deaths_host_unit';
  const isValid = async () => {
    const { rows } = await pool.query<{ valid: boolean }>(
      'select indisvalid as valid from pg_index where indexrelid = $1::regclass',
      [index],
    );
    return rows[0]?.valid;
  };

  beforeEach(async () => {
    await pool.query('delete from schema_migrations where name = $1', [file]);
    await pool.query(`drop index ${index}`);
  });

  test('lets others write meanwhile', async () => {
    const before = await pool.connect();
    await before.query('begin');
    await before.query(`insert into process_names (name) values ('before')`);
    await before.query('lock table deaths in row exclusive mode');
    const migrating = migrate(pool);
    try {
      await until(
        async () =>
          (
            await pool.query(
              `select 1 from pg_stat_activity where query like 'create index%' and wait_event_type = 'Lock'`,
            )
          ).rowCount,
        (waiting) => waiting === 1,
      );
      await pool.query(`
        begin; set local statement_timeout = '20s';
        lock table deaths in row exclusive mode; commit`);
    } finally {
      await before.query('rollback');
      before.release();
    }
    expect(await migrating).toEqual([file]);
    expect(await isValid()).toBe(true);
  });

  test('is made anew where an earlier hub was stopped while it made it', async () => {
    const before = await pool.connect();
    await before.query('begin');
    await before.query('lock table deaths in row exclusive mode');
    const cutOff = await pool.connect();
    await cutOff.query(`set statement_timeout = '200ms'`);
    await expect(
      cutOff.query(`create index concurrently ${index} on deaths (host)`),
    ).rejects.toThrow('timeout');
    cutOff.release(true);
    await before.query('rollback');
    before.release();
    expect(await isValid()).toBe(false);
    expect(await migrate(pool)).toEqual([file]);
    expect(await isValid()).toBe(true);
  });
});
