import type { HubClient } from '@coroner/schema/client/hub-client';
import { HubError } from '@coroner/schema/client/hub-error';
import type { Answer } from '@coroner/schema/http/answer';
import type { Problem } from '@coroner/schema/http/problem';
import type { WhyQuery } from '@coroner/schema/http/queries';

/** `raw` is the hub's own JSON: it may hold fields that this version does not know. */
export type WhyResult =
  | { found: true; answer: Answer; raw: unknown }
  | { found: false; problem: Problem; raw: unknown };

/** The newest death that fits. Rejects with the client's HubError alone, as the other one. */
export const findDeath = (hub: HubClient, query: WhyQuery): Promise<WhyResult> =>
  orProblem(hub.callRaw('GET /v1/why', { query }));

/** The answer for one death, by the id that a list or an earlier answer gave. */
export const deathById = (hub: HubClient, id: string): Promise<WhyResult> =>
  orProblem(hub.callRaw('GET /v1/deaths/{id}', { path: { id } }));

async function orProblem(asked: Promise<{ answer: Answer; raw: unknown }>): Promise<WhyResult> {
  try {
    return { found: true, ...(await asked) };
  } catch (error) {
    if (!(error instanceof HubError) || error.kind !== 'not-found' || !error.problem) throw error;
    return { found: false, problem: error.problem, raw: error.raw };
  }
}
