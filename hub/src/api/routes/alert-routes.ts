import {
  AlertRoute,
  AlertRouteBody,
  AlertRoutes,
  NewAlertRoute,
  RouteAnswer,
  RouteQuestion,
} from '@coroner/schema/http/alert-routes';
import { AlertRoutesParameters, IdParameter } from '@coroner/schema/http/parameters';
import { severityOf } from '@coroner/schema/severity';
import type { RoutedIncident } from '../../routing/fit.ts';
import { plan } from '../../routing/plan.ts';
import { inTransaction, type Pool, type Transaction } from '../../store/database.ts';
import { incidentsById } from '../../store/lists/list-incidents.ts';
import {
  addRoute,
  listRoutes,
  removeRoute,
  replaceRoute,
} from '../../store/routes/alert-routes.ts';
import { reconsider } from '../../store/routes/destinations.ts';
import { loadRouted } from '../../store/routes/load-routed.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { ProblemError } from '../problems/problem.ts';
import { usualProblems, withNotFound } from '../problems/responses.ts';

/** No threshold asks for more deaths. */
const mostTimes = 1_000;

/** Which alerts go to which channels, and when. */
export function alertRouteRoutes(app: Api, { pool }: ApiDependencies): void {
  app.get(
    '/v1/alert-routes',
    {
      schema: {
        summary: 'Where alerts go, in the order in which routes are tried',
        querystring: AlertRoutesParameters,
        response: { 200: AlertRoutes, ...usualProblems },
      },
    },
    async ({ query: { owner } }) => ({ items: await listRoutes(pool, owner) }),
  );
  app.post(
    '/v1/alert-routes',
    {
      schema: {
        summary: 'Send alerts to a channel',
        body: NewAlertRoute,
        response: { 200: AlertRoute, ...usualProblems },
      },
    },
    ({ body }) => changed(pool, (on) => addRoute(on, body)),
  );
  app.put(
    '/v1/alert-routes/:id',
    {
      schema: {
        summary: 'Put another route in the place of this one',
        params: IdParameter,
        body: AlertRouteBody,
        response: { 200: AlertRoute, ...withNotFound },
      },
    },
    async ({ params: { id }, body }) =>
      found(await changed(pool, (on) => replaceRoute(on, id, body)), id),
  );
  app.delete(
    '/v1/alert-routes/:id',
    {
      schema: {
        summary: 'Remove a route; cards that are posted stay true',
        params: IdParameter,
        response: { 200: AlertRoute, ...withNotFound },
      },
    },
    async ({ params: { id } }) => found(await changed(pool, (on) => removeRoute(on, id)), id),
  );
  app.post(
    '/v1/alert-routes/test',
    {
      // It changes nothing.
      config: { scope: 'read' },
      schema: {
        summary: 'Which routes an incident would take, or a death that somebody imagines, and why',
        body: RouteQuestion,
        response: { 200: RouteAnswer, ...withNotFound },
      },
    },
    async ({ body }) => {
      const routes = await listRoutes(pool);
      const asked = await routedOf(pool, body, routes);
      const nowMs = body.at === undefined ? Date.now() : Date.parse(body.at);
      return { severity: asked.severity, ...plan(routes, asked, nowMs) };
    },
  );
}

/** What waits for the end of quiet hours goes by the routes as they are from now on. */
function changed<Value>(pool: Pool, change: (on: Transaction) => Promise<Value>): Promise<Value> {
  return inTransaction(pool, async (transaction) => {
    const value = await change(transaction);
    await reconsider(transaction);
    return value;
  });
}

function found(route: AlertRoute | null, id: string): AlertRoute {
  if (!route) throw new ProblemError('not-found', `there is no route ${id}`);
  return route;
}

async function routedOf(
  pool: Pool,
  asked: RouteQuestion,
  routes: readonly AlertRoute[],
): Promise<RoutedIncident> {
  const {
    incidentId,
    host = '',
    unit = null,
    user,
    labels = {},
    cause,
    confidence,
    deaths,
  } = asked;
  if (incidentId !== undefined) {
    const [incident] = await incidentsById(pool, [incidentId]);
    if (!incident) throw new ProblemError('not-found', `there is no incident ${incidentId}`);
    return loadRouted(pool, incident, routes);
  }
  const users = user === undefined ? [] : [user];
  const severity = severityOf({ cause, confidence, deaths, hosts: 1 });
  // As if all of them died in one moment.
  const diedAtMs = Array.from({ length: Math.min(deaths, mostTimes) }, () => 0);
  return { facets: [{ host, unit, cause, users, labels }], severity, diedAtMs };
}
