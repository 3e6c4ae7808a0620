import { ActionResult, type NewAction } from '@coroner/schema/http/actions';
import {
  AlertRoute,
  type AlertRouteBody,
  AlertRoutes,
  type NewAlertRoute,
  RouteAnswer,
  type RouteQuestion,
} from '@coroner/schema/http/alert-routes';
import { ExpectedRule, type NewExpectedRule } from '@coroner/schema/http/expected';
import { type ImportRequest, ImportResult } from '@coroner/schema/http/import';
import { Problem } from '@coroner/schema/http/problem';
import { ApiToken, CreatedToken, type NewToken } from '@coroner/schema/http/tokens';
import type { z } from 'zod';
import { HubError } from './hub-error.ts';
import type { HubAddress } from './locate-hub.ts';
import { type HubResponse, request } from './request.ts';

export type Query = Record<string, string | number | undefined>;

/** What the command line asks of the fleet's history. Every call rejects with a HubError and with nothing else. */
export interface FleetClient {
  get<Shape extends z.ZodType>(path: string, query: Query, shape: Shape): Promise<z.infer<Shape>>;
  /** Does something about an incident, once by its id; rejects with `conflict` when somebody was first. */
  act(incidentId: string, action: NewAction): Promise<ActionResult>;
  /** Announces deaths; with an `id` it may be repeated. */
  expect(rule: NewExpectedRule): Promise<ExpectedRule>;
  /** Ends a rule. */
  expectNoLonger(ruleId: string): Promise<ExpectedRule>;
  /** In the order in which they are tried; of one owner or all. */
  routes(owner?: string): Promise<AlertRoute[]>;
  /** With an `id` it may be repeated. */
  addRoute(route: NewAlertRoute): Promise<AlertRoute>;
  replaceRoute(id: string, route: AlertRouteBody): Promise<AlertRoute>;
  removeRoute(id: string): Promise<AlertRoute>;
  testRoutes(question: z.input<typeof RouteQuestion>): Promise<RouteAnswer>;
  /** May be repeated: what is known already is not stored again. */
  importEvents(body: ImportRequest): Promise<ImportResult>;
  /** Repeated after a lost answer it makes another: the lost one is never used. */
  createToken(wanted: NewToken): Promise<CreatedToken>;
  revokeToken(id: string): Promise<ApiToken>;
}

export function fleetClient(hub: HubAddress): FleetClient {
  return {
    async get(path, query, shape) {
      return decoded(shape, await request(hub, { method: 'GET', path, query }));
    },
    async act(incidentId, body) {
      const path = `v1/incidents/${encodeURIComponent(incidentId)}/actions`;
      return decoded(ActionResult, await request(hub, { method: 'POST', path, body }));
    },
    async expect(body) {
      const path = 'v1/expected';
      return decoded(ExpectedRule, await request(hub, { method: 'POST', path, body }));
    },
    async expectNoLonger(ruleId) {
      const path = `v1/expected/${encodeURIComponent(ruleId)}`;
      return decoded(ExpectedRule, await request(hub, { method: 'DELETE', path }));
    },
    async routes(owner) {
      const query = { owner };
      const path = 'v1/alert-routes';
      return decoded(AlertRoutes, await request(hub, { method: 'GET', path, query })).items;
    },
    async addRoute(body) {
      const path = 'v1/alert-routes';
      return decoded(AlertRoute, await request(hub, { method: 'POST', path, body }));
    },
    async replaceRoute(id, body) {
      const path = `v1/alert-routes/${encodeURIComponent(id)}`;
      return decoded(AlertRoute, await request(hub, { method: 'PUT', path, body }));
    },
    async removeRoute(id) {
      const path = `v1/alert-routes/${encodeURIComponent(id)}`;
      return decoded(AlertRoute, await request(hub, { method: 'DELETE', path }));
    },
    async testRoutes(body) {
      const path = 'v1/alert-routes/test';
      return decoded(RouteAnswer, await request(hub, { method: 'POST', path, body }));
    },
    async importEvents(body) {
      return decoded(ImportResult, await request(hub, { method: 'POST', path: 'v1/events', body }));
    },
    async createToken(body) {
      const path = 'v1/tokens';
      return decoded(CreatedToken, await request(hub, { method: 'POST', path, body }));
    },
    async revokeToken(id) {
      const path = `v1/tokens/${encodeURIComponent(id)}`;
      return decoded(ApiToken, await request(hub, { method: 'DELETE', path }));
    },
  };
}

function decoded<Shape extends z.ZodType>(shape: Shape, { status, body }: HubResponse) {
  if (status === 404) {
    const problem = Problem.safeParse(body);
    const detail = problem.success ? problem.data.detail : 'is the hub older than this program?';
    throw new HubError('not-found', `The hub does not know it: ${detail}`);
  }
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data as z.infer<Shape>;
  const issue = parsed.error.issues[0];
  throw new HubError(
    'malformed',
    `The hub's answer is not what this version understands: ${issue?.path.join('.')} ${issue?.message}`,
  );
}
