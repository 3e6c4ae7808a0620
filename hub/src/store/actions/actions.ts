import type { IncidentAction } from '@coroner/schema/http/actions';
import type { Queryable, Transaction } from '../database.ts';

export interface ActionRow extends Omit<IncidentAction, 'by'> {
  name: string;
  slackUser: string | null;
  token: string | null;
}

export const actionColumns = `a.id, a.kind, a.status, a.name, a.slack_user as "slackUser", a.token, a.at, a.note,
  a.until_at as "until"`;

export const actionOf = ({ name, slackUser, token, ...row }: ActionRow): IncidentAction => ({
  ...row,
  by: { name, slackUser, token },
});

export async function addAction(
  transaction: Transaction,
  incidentId: string,
  { id, kind, status, by, note, until }: Omit<IncidentAction, 'at'>,
): Promise<IncidentAction> {
  const { rows } = await transaction.query<ActionRow>({
    name: 'add-action',
    text: `
      insert into incident_actions as a
        (id, incident_id, kind, status, name, slack_user, token, note, until_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9::timestamptz)
      returning ${actionColumns}`,
    values: [id, incidentId, kind, status, by.name, by.slackUser, by.token, note, until],
  });
  return actionOf(rows[0] as ActionRow);
}

/** The action with this id, whichever incident it was done to; null when there is none. */
export async function findAction(
  on: Queryable,
  id: string,
): Promise<{ incidentId: string; action: IncidentAction } | null> {
  const { rows } = await on.query<ActionRow & { incidentId: string }>({
    name: 'find-action',
    text: `
      select ${actionColumns}, coalesce(i.merged_into, i.id) as "incidentId"
      from incident_actions a join incidents i on i.id = a.incident_id where a.id = $1`,
    values: [id],
  });
  const [row] = rows;
  if (!row) return null;
  const { incidentId, ...action } = row;
  return { incidentId, action: actionOf(action) };
}

/** The last actions on an incident, and on those that turned out to be part of it; oldest first. */
export async function actionsOf(
  on: Queryable,
  incidentId: string,
  most: number,
): Promise<IncidentAction[]> {
  const { rows } = await on.query<ActionRow>({
    name: 'actions-of',
    text: `
      select ${actionColumns} from incident_actions a
      where incident_id = any(array(select id from incidents where id = $1 or merged_into = $1))
      order by a.seq desc limit $2`,
    values: [incidentId, most],
  });
  return rows.reverse().map(actionOf);
}
