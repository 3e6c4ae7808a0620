import { Answer } from '@coroner/schema/http/answer';
import {
  type Claim,
  type ClaimDone,
  type ClaimRequest,
  ClaimResponse,
  OpenClaims,
} from '@coroner/schema/http/claims';
import { DeathPage } from '@coroner/schema/http/pages';
import { Problem } from '@coroner/schema/http/problem';
import type { WhyQuery } from '@coroner/schema/http/queries';
import type { z } from 'zod';
import { type FleetClient, fleetClient } from './fleet-client.ts';
import { HubError } from './hub-error.ts';
import type { HubAddress } from './locate-hub.ts';
import { picture } from './picture.ts';
import { type HubResponse, request } from './request.ts';

/** `raw` is the hub's own JSON: it may hold fields that this version does not know. */
export type WhyResult =
  | { found: true; answer: Answer; raw: unknown }
  | { found: false; problem: Problem; raw: unknown };

export interface DeathFilter {
  host?: string | undefined;
  process?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  limit?: number | undefined;
}

type RouteCalls = 'routes' | 'addRoute' | 'replaceRoute' | 'removeRoute';

/** What the bot asks of the hub. Every call rejects with a HubError and with nothing else. */
export interface HubClient extends Pick<FleetClient, 'get' | 'act' | RouteCalls> {
  why(query: WhyQuery): Promise<WhyResult>;
  /** The answer for one death, by the id that a list or an earlier answer gave. */
  deathById(id: string): Promise<WhyResult>;
  /** Newest first. */
  deaths(filter: DeathFilter): Promise<DeathPage>;
  claim(claim: ClaimRequest): Promise<ClaimResponse>;
  /** What a bot that is gone began and did not finish. */
  openClaims(prefix: string): Promise<Claim[]>;
  /** PNG of a death or an incident. */
  picture(kind: string, id: string): Promise<Buffer>;
  /** Rejects with kind `conflict` when somebody else holds the claim. */
  claimDone(done: ClaimDone): Promise<void>;
}

export function hubClient(hub: HubAddress): HubClient {
  const { get, act, routes, addRoute, replaceRoute, removeRoute } = fleetClient(hub);
  return {
    ...{ get, act, routes, addRoute, replaceRoute, removeRoute },
    async why(query) {
      return answerOrProblem(await request(hub, { method: 'GET', path: 'v1/why', query }));
    },
    async deathById(id) {
      const path = `v1/deaths/${encodeURIComponent(id)}`;
      return answerOrProblem(await request(hub, { method: 'GET', path }));
    },
    async deaths(filter) {
      const query = { ...filter };
      const response = await request(hub, { method: 'GET', path: 'v1/deaths', query });
      return decoded(DeathPage, found(response), 'a page of deaths');
    },
    async claim(body) {
      const response = await request(hub, { method: 'POST', path: 'v1/claims', body });
      return decoded(ClaimResponse, found(response), 'a claim');
    },
    async openClaims(prefix) {
      const query = { prefix };
      const response = await request(hub, { method: 'GET', path: 'v1/claims/open', query });
      return decoded(OpenClaims, found(response), 'a list of claims').items;
    },
    picture: (kind, id) => picture(hub, kind, id),
    async claimDone(body) {
      found(await request(hub, { method: 'PUT', path: 'v1/claims', body }));
    },
  };
}

function answerOrProblem({ status, body }: HubResponse): WhyResult {
  if (status !== 404) {
    return { found: true, answer: decoded(Answer, body, 'an answer'), raw: body };
  }
  return { found: false, problem: decoded(Problem, body, 'a problem'), raw: body };
}

function found({ status, body }: HubResponse): unknown {
  if (status !== 404) return body;
  const problem = Problem.safeParse(body);
  throw new HubError(
    'not-found',
    problem.success ? problem.data.detail : 'The hub does not know this address: is it older?',
  );
}

function decoded<Shape extends z.ZodType>(shape: Shape, body: unknown, what: string) {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data as z.infer<Shape>;
  const issue = parsed.error.issues[0];
  throw new HubError(
    'malformed',
    `The hub's answer is not ${what} that this version understands: ${issue?.path.join('.')} ${issue?.message}`,
  );
}
