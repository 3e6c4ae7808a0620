import type { Answer } from '@coroner/schema/http/answer';
import type { IncidentDetail } from '@coroner/schema/http/incidents';
import type { Pool } from '../store/database.ts';
import { incidentsById, victimsOf } from '../store/lists/list-incidents.ts';
import { getDeath } from '../store/questions/get-death.ts';
import { completeAnswer } from './complete-answer.ts';

/** The answer for one death by its id; null when there is none. */
export async function answerFor(pool: Pool, deathId: string): Promise<Answer | null> {
  const death = await getDeath(pool, deathId);
  return death && completeAnswer(pool, death);
}

/** One incident with its victims and the answer for its first death; null when there is none. */
export async function incidentDetail(pool: Pool, id: string): Promise<IncidentDetail | null> {
  const [incident] = await incidentsById(pool, [id]);
  if (!incident) return null;
  const answer = await answerFor(pool, incident.deathId);
  if (!answer) return null;
  return { ...incident, victims: await victimsOf(pool, id), answer };
}
