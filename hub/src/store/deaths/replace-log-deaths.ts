import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import type { Transaction } from '../database.ts';

/** A death that a log alone knows. */
export interface LogOnlyDeath {
  id: string;
  host: string;
  pid: number;
  comm: string;
  unit: string | null;
  diedAt: string;
  incidentId: string | null;
  answer: StoredAnswer;
  actorKey: string | null;
}

/** What such a death may be the same as. */
export interface Recorded extends Pick<LogOnlyDeath, 'host' | 'pid' | 'comm' | 'diedAt'> {
  unit: string | null;
}

/** Deaths that a log alone knows, within a minute of one of these: of its pid, its unit or its name. */
export async function logDeathsNear(
  transaction: Transaction,
  recorded: readonly Recorded[],
): Promise<LogOnlyDeath[]> {
  if (recorded.length === 0) return [];
  const { rows } = await transaction.query<LogOnlyDeath>({
    name: 'log-deaths-near',
    text: `
      select distinct on (d.id) d.id, d.host, d.pid, d.comm, d.unit, d.died_at as "diedAt",
             d.incident_id as "incidentId", d.answer, d.actor_key as "actorKey"
      from jsonb_to_recordset($1::jsonb) as new(
             host text, pid integer, comm text, unit text, "diedAt" timestamptz)
      join deaths d
        on d.from_log and d.host = new.host
        and (d.pid = new.pid or d.comm = new.comm or (d.pid = 0 and d.unit = new.unit))
        and d.died_at between new."diedAt" - interval '60 seconds'
                          and new."diedAt" + interval '60 seconds'`,
    values: [JSON.stringify(recorded)],
  });
  return rows;
}

/** The record of the same death is stored: what a log knew of it goes, and who named that names the record. */
export async function replaceLogDeaths(
  transaction: Transaction,
  pairs: readonly { oldId: string; newId: string }[],
): Promise<void> {
  if (pairs.length === 0) return;
  await transaction.query({
    name: 'replace-log-deaths',
    text: `
      with pair as (
        select * from jsonb_to_recordset($1::jsonb) as pair("oldId" text, "newId" text)
      ), pointed as (
        update incidents set death_id = pair."newId" from pair where death_id = pair."oldId"
      ), forgotten as (
        delete from events where id in (select "oldId" from pair)
      )
      delete from deaths where id in (select "oldId" from pair)`,
    values: [JSON.stringify(pairs)],
  });
}
