import type { Answer, EarlierAnswer } from '@coroner/schema/http/answer';
import type { Revision } from '@coroner/schema/http/death-detail';
import type { Queryable } from '../store/database.ts';
import type { FoundDeath } from '../store/questions/find-deaths.ts';
import { hostsInOrder } from '../store/questions/hosts-in-order.ts';
import { relationsOf } from '../store/questions/relations.ts';
import { revisionsOf } from '../store/questions/revisions.ts';
import { circumstancesOf } from './circumstances.ts';
import { forgottenEvidence } from './forgotten.ts';
import { memoryOf } from './memory.ts';
import { withNextRun } from './next-run.ts';
import { uncertainOrder } from './order-of-hosts.ts';

/** The stored answer with what the fleet's history adds now. */
export async function completeAnswer(on: Queryable, death: FoundDeath): Promise<Answer> {
  const { incidentId, revision, answer } = death;
  const { sameActor, hosts } = await relationsOf(on, death);
  const order = incidentId !== null && hosts.length > 0 ? await hostsInOrder(on, incidentId) : [];
  const memory = await memoryOf(on, answer);
  const circumstances = await circumstancesOf(on, death, memory, new Date());
  return {
    ...answer,
    ...(memory ? { memory } : {}),
    gaps: [...answer.gaps, ...uncertainOrder(order), ...(await forgottenEvidence(on, death))],
    revision,
    revisions: revision > 1 ? (await revisionsOf(on, death.id)).map(inShort) : [],
    actor: await withNextRun(on, answer.death.host, answer.actor),
    related: { incidentId, sameActor, hosts, ...circumstances },
  };
}

function inShort({ revision, replacedAt, verdict }: Revision): EarlierAnswer {
  const { cause, confidence, summary } = verdict;
  return { revision, replacedAt, cause, confidence, summary };
}
