import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type pg from 'pg';

/** The first line of a file whose statements run one by one, outside of a transaction. */
const onlineMark = '-- online\n';

/** The folder of the SQL files: beside the compiled schema package. */
export const migrationsFolder = (): string =>
  join(
    dirname(createRequire(import.meta.url).resolve('@coroner/schema/identity')),
    '../migrations',
  );

/**
 * Applies one file and notes it. A file is one transaction, except one that begins with `-- online`,
 * which makes indexes while others write, and can be begun again where it was cut off.
 */
export async function applyMigration(client: pg.PoolClient, name: string): Promise<void> {
  const text = await readFile(join(migrationsFolder(), name), 'utf8');
  const done = { text: 'insert into schema_migrations (name) values ($1)', values: [name] };
  try {
    if (text.startsWith(onlineMark)) {
      await dropUnfinishedIndexes(client);
      for (const statement of statementsOf(text)) await client.query(statement);
      await client.query(done);
    } else {
      await client.query('begin');
      await client.query(text);
      await client.query(done);
      await client.query('commit');
    }
  } catch (error) {
    await client.query('rollback').catch(() => {
      // The connection is gone, and the transaction with it.
    });
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}

/** Of an SQL file whose statements each end a line, and hold no literal that does. */
const statementsOf = (text: string): string[] =>
  text.split(/;[ \t]*\n/).filter((statement) => statement.replaceAll(/^--.*$/gm, '').trim());

/** What an earlier attempt left of an index that it was making: it is kept up, and never used. */
async function dropUnfinishedIndexes(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(c.relname) as name
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where not i.indisvalid and c.relnamespace = 'public'::regnamespace`,
  );
  for (const { name } of rows) await client.query(`drop index concurrently ${name}`);
}
