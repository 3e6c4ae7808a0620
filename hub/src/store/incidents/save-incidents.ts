import type { Incident } from '../../correlate/incident.ts';
import type { Transaction } from '../database.ts';

/** Publications of one incident are at least this far apart; the first goes out at once. */
export const publishEveryMs = 500;

/** Writes new and changed incidents with their keys, each with its new revision. */
export async function saveIncidents(
  transaction: Transaction,
  incidents: readonly Incident[],
): Promise<void> {
  if (incidents.length === 0) return;
  const rows = incidents.map(({ keys: _keys, offers: _offers, first: _first, ...row }) => row);
  await transaction.query({
    name: 'save-incidents',
    text: `
      insert into incidents
        (id, title, cause, first_at, last_at, deaths, hosts, revision, death_id)
      select id, title, cause, "firstAt", "lastAt", deaths,
             array(select jsonb_array_elements_text(hosts)), revision, "deathId"
      from jsonb_to_recordset($1::jsonb) as row(
        id text, title text, cause text, "firstAt" timestamptz, "lastAt" timestamptz,
        deaths integer, hosts jsonb, revision integer, "deathId" text)
      order by id collate "C"
      on conflict (id) do update set
        title = excluded.title, cause = excluded.cause, first_at = excluded.first_at,
        last_at = excluded.last_at, deaths = excluded.deaths, hosts = excluded.hosts,
        revision = excluded.revision, death_id = excluded.death_id`,
    values: [JSON.stringify(rows)],
  });
  const keys = incidents.flatMap(({ id, keys: spans }) =>
    [...spans].map(([key, span]) => ({ key, incident_id: id, ...span })),
  );
  await transaction.query({
    name: 'save-incident-keys',
    text: `
      insert into incident_keys as k (key, incident_id, first_at, last_at)
      select key, incident_id, to_timestamp("firstMs" / 1000), to_timestamp("lastMs" / 1000)
      from jsonb_to_recordset($1::jsonb) as row(
        key text, incident_id text, "firstMs" double precision, "lastMs" double precision)
      order by key collate "C", incident_id collate "C"
      on conflict (key, incident_id) do update
        set first_at = least(k.first_at, excluded.first_at),
            last_at = greatest(k.last_at, excluded.last_at)`,
    values: [JSON.stringify(keys)],
  });
}

/** Puts the incidents' newest revisions into the outbox. */
export async function enqueueAlerts(
  transaction: Transaction,
  incidentIds: readonly string[],
): Promise<void> {
  if (incidentIds.length === 0) return;
  await transaction.query({
    name: 'enqueue-alerts',
    text: `
      insert into outbox (incident_id, revision, due_at)
      select id, revision,
             greatest(now(), published_at + make_interval(secs => $2::double precision / 1000))
      from incidents
      where id = any($1::text[])
        and ((merged_into is null and not withdrawn) or published_at is not null
          or exists (select from webhook_incidents w where w.incident_id = incidents.id)
          or exists (
            select from outbox o where o.incident_id = incidents.id and o.lease_until > now()))
      order by id
      on conflict (incident_id) do update set revision = excluded.revision`,
    values: [incidentIds, publishEveryMs],
  });
}

/** Those of the incidents that were told, or are about to be, when more die or quiet hours end. */
export async function toldOf(
  transaction: Transaction,
  incidentIds: readonly string[],
): Promise<Set<string>> {
  if (incidentIds.length === 0) return new Set();
  const { rows } = await transaction.query<{ id: string }>({
    name: 'told-incidents',
    text: `
      select id from incidents i
      where id = any($1::text[]) and (published_at is not null
        or exists (select from outbox where incident_id = i.id)
        or exists (select from alert_destinations where incident_id = i.id)
        or exists (select from webhook_incidents where incident_id = i.id))`,
    values: [incidentIds],
  });
  return new Set(rows.map((row) => row.id));
}
