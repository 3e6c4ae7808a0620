import type { Answer } from '@coroner/schema/http/answer';
import type { Queryable } from '../store/database.ts';
import type { FoundDeath } from '../store/questions/find-deaths.ts';
import { relationsOf } from '../store/questions/relations.ts';
import { withNextRun } from './next-run.ts';

/** The stored answer with what the fleet's history adds now. */
export async function completeAnswer(on: Queryable, death: FoundDeath): Promise<Answer> {
  const { sameActor, hosts } = await relationsOf(on, death);
  return {
    ...death.answer,
    actor: await withNextRun(on, death.answer.death.host, death.answer.actor),
    related: { incidentId: death.incidentId, sameActor, hosts },
  };
}
