import type { Answer } from '@coroner/schema/http/answer';
import type { DeathDetail } from '@coroner/schema/http/death-detail';
import type { IncidentDetail } from '@coroner/schema/http/incidents';
import { actionsOf } from '../store/actions/actions.ts';
import type { Pool } from '../store/database.ts';
import { deathsOfIncident } from '../store/lists/list-deaths.ts';
import { blastRadiusOf, incidentsById, victimsOf } from '../store/lists/list-incidents.ts';
import { getDeath } from '../store/questions/get-death.ts';
import { revisionsOf } from '../store/questions/revisions.ts';
import { completeAnswer } from './complete-answer.ts';
import { incidentTimeline } from './incident-timeline.ts';

const mostMembers = 200;
const mostActions = 200;

/** The answer for one death by its id; null when there is none. */
export async function answerFor(pool: Pool, deathId: string): Promise<Answer | null> {
  const death = await getDeath(pool, deathId);
  return death && completeAnswer(pool, death);
}

/** The answer for one death with what was answered before; null when there is none. */
export async function deathDetail(pool: Pool, deathId: string): Promise<DeathDetail | null> {
  const death = await getDeath(pool, deathId);
  if (!death) return null;
  const [answer, history] = await Promise.all([
    completeAnswer(pool, death),
    revisionsOf(pool, deathId),
  ]);
  return { ...answer, revision: death.revision, history };
}

/**
 * One incident with its deaths and what happened around them; an id that was merged gives the
 * incident that it is part of. Null when there is none.
 */
export async function incidentDetail(pool: Pool, id: string): Promise<IncidentDetail | null> {
  const [incident] = await incidentsById(pool, [id]);
  if (!incident) return null;
  if (incident.mergedInto) return incidentDetail(pool, incident.mergedInto);
  const [answer, victims, blastRadius, members, timeline, actions] = await Promise.all([
    answerFor(pool, incident.deathId),
    victimsOf(pool, id),
    blastRadiusOf(pool, id),
    deathsOfIncident(pool, id, mostMembers),
    incidentTimeline(pool, incident),
    actionsOf(pool, id, mostActions),
  ]);
  const around = { blastRadius, members, timeline, actions };
  // Of a long one the first death may be forgotten before the last.
  const [left] = members;
  const standing = answer ?? (left ? await answerFor(pool, left.id) : null);
  return standing && { ...incident, victims, answer: standing, ...around };
}
