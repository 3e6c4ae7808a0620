import type { Incident, Span } from '../../correlate/incident.ts';
import type { Transaction } from '../database.ts';

type Row = Omit<Incident, 'keys' | 'offers'> & { spans: Record<string, Span> | null };

/** A key, and when deaths must have come with it. */
export interface WantedKey {
  key: string;
  since: string;
  until: string;
}

/**
 * The incidents that have one of the keys at its time, and those named by id: locked to the end of
 * the transaction, newest first. Hold the locks of the keys.
 */
export async function loadIncidents(
  transaction: Transaction,
  wanted: { keys: readonly WantedKey[]; ids: readonly string[] },
): Promise<Incident[]> {
  const locked = await transaction.query<{ id: string }>({
    name: 'lock-incidents',
    text: `
      select id from incidents
      where id = any(array(
        select k.incident_id
        from jsonb_to_recordset($1::jsonb) as asked(
               key text, since timestamptz, until timestamptz)
        cross join lateral (
          select incident_id from incident_keys
          where key = asked.key and last_at >= asked.since and first_at <= asked.until) k
        union select unnest($2::text[])))
      order by id for update`,
    values: [JSON.stringify(wanted.keys), wanted.ids],
  });
  const ids = await survivors(
    transaction,
    locked.rows.map((row) => row.id),
  );
  if (ids.length === 0) return [];
  const { rows } = await transaction.query<Row>({
    name: 'load-incidents',
    text: `
      select i.id, i.title, i.cause, i.first_at as "firstAt", i.last_at as "lastAt", i.deaths,
             i.hosts, i.revision, i.death_id as "deathId", d.answer as first, k.spans
      from incidents i
      join deaths d on d.id = i.death_id
      cross join lateral (
        select jsonb_object_agg(key, jsonb_build_object(
          'firstMs', extract(epoch from first_at) * 1000,
          'lastMs', extract(epoch from last_at) * 1000)) as spans
        from incident_keys where incident_id = i.id and key = any($2::text[])) k
      where i.id = any($1::text[])
      order by i.last_at desc`,
    values: [ids, wanted.keys.map(({ key }) => key)],
  });
  return rows.map(({ spans, ...incident }) => ({
    ...incident,
    keys: new Map(Object.entries(spans ?? {})),
    offers: new Map(),
  }));
}

/** The same, with merged incidents replaced by what they are part of, and that locked too. */
async function survivors(transaction: Transaction, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await transaction.query<{ id: string }>({
    name: 'lock-survivors',
    text: `
      select id from incidents
      where id = any(array(select coalesce(merged_into, id) from incidents
                           where id = any($1::text[])))
      order by id for update`,
    values: [ids],
  });
  return rows.map((row) => row.id);
}
