import type { IncidentState, IncidentStatus } from '@coroner/schema/http/actions';
import type { Queryable, Transaction } from '../database.ts';
import { type ActionRow, actionColumns, actionOf } from './actions.ts';

/** How large an incident is: deaths that nobody expected, and hosts. */
interface Extent {
  deaths: number;
  hosts: number;
}

/** An incident that is not open: where it stands, how large it was when it came there, and is now. */
export interface Standing {
  incidentId: string;
  status: IncidentStatus;
  before: Extent;
  now: Extent;
}

const extent = `
  (select count(*) from deaths d where d.incident_id = i.id and d.answer -> 'expected' is null)
    as "deathsNow", cardinality(i.hosts) as "hostsNow"`;

export const untouched: IncidentState = { status: 'open', action: null };

export async function stateOf(on: Queryable, incidentId: string): Promise<IncidentState> {
  const { rows } = await on.query<ActionRow>({
    name: 'incident-state',
    text: `
      select ${actionColumns}
      from incident_states s join incident_actions a on a.id = s.action_id
      where s.incident_id = $1`,
    values: [incidentId],
  });
  const action = rows[0] ? actionOf(rows[0]) : null;
  return action ? { status: action.status, action } : untouched;
}

/** Writes where it stands from now on. Hold its row. */
export async function saveState(
  transaction: Transaction,
  incidentId: string,
  { status, actionId, until }: { status: IncidentStatus; actionId: string; until: string | null },
): Promise<void> {
  await transaction.query({
    name: 'save-incident-state',
    text: `
      with now as (select ${extent} from incidents i where i.id = $1)
      insert into incident_states (incident_id, status, action_id, until_at, deaths, hosts)
      select $1, $2, $3, $4::timestamptz, "deathsNow", "hostsNow" from now
      on conflict (incident_id) do update set
        status = excluded.status, action_id = excluded.action_id, until_at = excluded.until_at,
        deaths = excluded.deaths, hosts = excluded.hosts`,
    values: [incidentId, status, actionId, until],
  });
  await transaction.query({
    name: 'save-incident-status',
    text: 'update incidents set status = $2 where id = $1',
    values: [incidentId, status],
  });
}

/** Those of the incidents that are quiet, with what they were and are. */
export async function quietOf(
  transaction: Transaction,
  incidentIds: readonly string[],
): Promise<Standing[]> {
  if (incidentIds.length === 0) return [];
  const { rows } = await transaction.query<{
    incidentId: string;
    status: IncidentStatus;
    deaths: number;
    hosts: number;
    deathsNow: number;
    hostsNow: number;
  }>({
    name: 'quiet-incidents',
    text: `
      select s.incident_id as "incidentId", s.status, s.deaths, s.hosts, ${extent}
      from incident_states s join incidents i on i.id = s.incident_id
      where s.incident_id = any($1::text[]) and s.status in ('snoozed', 'expected', 'resolved')
      order by s.incident_id`,
    values: [incidentIds],
  });
  return rows.map(({ incidentId, status, deaths, hosts, deathsNow, hostsNow }) => ({
    incidentId,
    status,
    before: { deaths, hosts },
    now: { deaths: deathsNow, hosts: hostsNow },
  }));
}

/** Incidents whose snooze is over, at most 100. */
export async function snoozesOver(on: Queryable): Promise<string[]> {
  const { rows } = await on.query<{ id: string }>({
    name: 'snoozes-over',
    text: `
      select incident_id as id from incident_states
      where status = 'snoozed' and until_at <= now() order by until_at limit 100`,
  });
  return rows.map(({ id }) => id);
}

/** Whether it is snoozed and its time is over; asked again once its row is held. */
export async function isSnoozeOver(transaction: Transaction, incidentId: string): Promise<boolean> {
  const { rowCount } = await transaction.query({
    name: 'is-snooze-over',
    text: `select from incident_states
           where incident_id = $1 and status = 'snoozed' and until_at <= now()`,
    values: [incidentId],
  });
  return rowCount === 1;
}
