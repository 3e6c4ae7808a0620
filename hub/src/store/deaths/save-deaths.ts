import type { Transaction } from '../database.ts';
import { type DeathRecord, namesOf } from './death-row.ts';

const columns = `id, host, boot_id, pid, comm, exe_name, argv0, argv0_name, unit, user_name, died_at,
  happened_at,  cause, confidence, summary, actor_key, actor_user, incident_id, from_log, answer`;
const columnTypes = `id text, host text, boot_id text, pid integer, comm text, exe_name text,
  argv0 text, argv0_name text, unit text, user_name text, died_at timestamptz, happened_at timestamptz, cause text,
  confidence text, summary text, actor_key text, actor_user text, incident_id text,
  from_log boolean, answer jsonb`;

/** Stores new deaths, and the names that they can be asked for by. */
export async function insertDeaths(
  transaction: Transaction,
  records: readonly DeathRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await transaction.query({
    name: 'insert-deaths',
    text: `
      insert into deaths (${columns})
      select ${columns} from jsonb_to_recordset($1::jsonb) as row(${columnTypes})
      order by id collate "C"
      on conflict (id) do nothing`,
    values: [JSON.stringify(records)],
  });
  const names = [...new Set(records.flatMap(namesOf))].sort();
  await transaction.query({
    name: 'insert-names',
    text: `
      insert into process_names (name)
      select asked.name from unnest($1::text[]) as asked(name)
      where not exists (select from process_names known where known.name = asked.name)
      order by asked.name collate "C"
      on conflict (name) do nothing`,
    values: [names],
  });
}

/** Replaces the answers of known deaths; what they were goes to death_revisions. */
export async function reviseDeaths(
  transaction: Transaction,
  records: readonly DeathRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const values = [JSON.stringify(records)];
  await transaction.query({
    name: 'keep-revisions',
    text: `
      insert into death_revisions (death_id, revision, answer)
      select id, revision, answer from deaths
      where id in (select id from jsonb_to_recordset($1::jsonb) as row(id text))
      on conflict do nothing`,
    values,
  });
  await transaction.query({
    name: 'revise-deaths',
    text: `
      update deaths set
        cause = row.cause, confidence = row.confidence, summary = row.summary,
        actor_key = row.actor_key, actor_user = row.actor_user, incident_id = row.incident_id,
        happened_at = row.happened_at, answer = row.answer, revision = deaths.revision + 1
      from jsonb_to_recordset($1::jsonb) as row(${columnTypes})
      where deaths.id = row.id`,
    values,
  });
}
