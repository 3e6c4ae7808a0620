import type { IncidentRow } from '@coroner/schema/http/incidents';
import type { Alert } from '@coroner/schema/wire/alert';
import { answerFor } from '../answer/one.ts';
import { actionsOf } from '../store/actions/actions.ts';
import { stateOf } from '../store/actions/states.ts';
import type { Pool } from '../store/database.ts';
import { firstUnexpected } from '../store/lists/list-deaths.ts';
import { hostCountsOf, victimsOf } from '../store/lists/list-incidents.ts';

const mostActions = 5;

/** The message for an incident as it is now; deaths that were expected do not speak for it. */
export async function alertOf(pool: Pool, incident: IncidentRow): Promise<Alert> {
  const [first, victims, byHost, state, actions] = await Promise.all([
    answerFor(pool, incident.deathId),
    victimsOf(pool, incident.id),
    hostCountsOf(pool, incident.id),
    stateOf(pool, incident.id),
    actionsOf(pool, incident.id, mostActions),
  ]);
  if (!first) throw new Error(`incident ${incident.id} has lost its first death`);
  const surprising = first.expected ? await firstUnexpected(pool, incident.id) : null;
  const answer = (surprising && (await answerFor(pool, surprising))) || first;
  return {
    v: 1,
    incidentId: incident.id,
    revision: incident.revision,
    title: incident.title,
    firstAt: incident.firstAt,
    lastAt: incident.lastAt,
    deaths: Math.max(1, incident.deaths),
    hosts: incident.hosts,
    victims,
    byHost,
    answer,
    ...{ state, actions },
    ...(incident.withdrawn ? { withdrawn: true } : {}),
  };
}
