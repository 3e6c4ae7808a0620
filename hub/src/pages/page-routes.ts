import { IncidentStatus } from '@coroner/schema/http/actions';
import type { ComparedPage } from '@coroner/schema/http/compare';
import { HostParameter, IdParameter } from '@coroner/schema/http/parameters';
import { z } from 'zod';
import type { Authenticate } from '../access/authenticate.ts';
import { deathsBefore } from '../answer/before.ts';
import { comparedPage } from '../answer/compare/compare.ts';
import { fleetNow } from '../answer/fleet/fleet-now.ts';
import { hostPage as hostRows } from '../answer/fleet/hosts.ts';
import { timelinePage } from '../answer/fleet/timeline.ts';
import { deathDetail, incidentDetail } from '../answer/one.ts';
import { search } from '../answer/search.ts';
import type { Api } from '../api/api-types.ts';
import type { Pool } from '../store/database.ts';
import type { Html } from './html/html.ts';
import { type PageParts, page } from './html/layout.ts';
import { guardPages } from './sign-in/page-guard.ts';
import type { ComparedDay } from './views/compared.ts';
import { deathPage } from './views/death.ts';
import { fleetPage } from './views/fleet.ts';
import { hostPage } from './views/host.ts';
import { incidentPage } from './views/incident.ts';
import { troublePage } from './views/other.ts';
import { searchPage } from './views/search.ts';

const dayMs = 86_400_000;
const mostEvents = 500;
const mostFound = 20;
const mostBefore = 5;
const mostDifferent = 15;

const Day = z.object({ day: z.iso.date().optional().catch(undefined) });
const Fleet = z.object({
  state: IncidentStatus.optional().catch(undefined),
  with: z.enum(['day-before', 'week-before']).catch('day-before').default('day-before'),
});
const Query = z.object({ q: z.string().trim().max(256).default('').catch('') });

export interface PageOptions {
  pool: Pool;
  authenticate: Authenticate;
}

/** What links in Slack lead to; all of it is drawn here, from the same answers as the API's. */
export function pageRoutes(app: Api, { pool, authenticate }: PageOptions): void {
  guardPages(app, authenticate);
  const schema = { hide: true };
  const document = (parts: Omit<PageParts, 'who'>, caller: { name: string } | null) =>
    page({ ...parts, who: caller?.name ?? null });
  const titled = (title: string, body: Html) => ({ title, body });

  app.get('/', { schema: { ...schema, querystring: Fleet } }, async ({ query, caller }) => {
    const { state, with: day } = query;
    const [now, compared] = await Promise.all([fleetNow(pool, state), lastDayAgainst(pool, day)]);
    const body = fleetPage(now, { page: compared, day }, state);
    return document({ ...titled('The fleet', body), here: '/' }, caller);
  });
  app.get('/deaths/:id', { schema: { ...schema, params: IdParameter } }, async (request, reply) => {
    const { id } = request.params;
    const [death, before] = await Promise.all([
      deathDetail(pool, id),
      deathsBefore(pool, id, { alike: false, limit: mostBefore }, null),
    ]);
    if (!death) return reply.code(404).send(document(missing('death'), request.caller));
    const { comm, host } = death.death;
    return document(
      titled(`${comm} on ${host}`, deathPage(death, before?.items ?? [])),
      request.caller,
    );
  });
  app.get(
    '/incidents/:id',
    { schema: { ...schema, params: IdParameter } },
    async (request, reply) => {
      const incident = await incidentDetail(pool, request.params.id);
      if (!incident) return reply.code(404).send(document(missing('incident'), request.caller));
      return document(titled(incident.title, incidentPage(incident)), request.caller);
    },
  );
  app.get(
    '/hosts/:host',
    { schema: { ...schema, params: HostParameter, querystring: Day } },
    async ({ params: { host }, query, caller }) => {
      const day = query.day ?? new Date().toISOString().slice(0, 10);
      const since = `${day}T00:00:00Z`;
      const until = new Date(Date.parse(since) + dayMs - 1).toISOString();
      const filter = { hosts: [host], since, until, limit: mostEvents };
      const [rows, { items, next }] = await Promise.all([
        hostRows(pool, { host, limit: 1 }, null),
        timelinePage(pool, filter, 'asc', null),
      ]);
      const row = rows.items[0] ?? null;
      const body = hostPage({ host, row, day, items, more: next !== null });
      return document(titled(host, body), caller);
    },
  );
  app.get('/search', { schema: { ...schema, querystring: Query } }, async ({ query, caller }) => {
    const found = query.q === '' ? null : await search(pool, query.q, mostFound);
    return document({ ...titled('Search', searchPage(query.q, found)), here: '/search' }, caller);
  });
}

const daysBack: Record<ComparedDay, number> = { 'day-before': 1, 'week-before': 7 };

function lastDayAgainst(pool: Pool, day: ComparedDay): Promise<ComparedPage> {
  const untilMs = Date.now();
  const dayTo = (ms: number) => ({
    since: new Date(ms - dayMs).toISOString(),
    until: new Date(ms).toISOString(),
  });
  const before = dayTo(untilMs - daysBack[day] * dayMs);
  const asked = { filter: {}, period: dayTo(untilMs), before, by: undefined };
  return comparedPage(pool, { ...asked, limit: mostDifferent }, null);
}

const missing = (what: string) => ({
  title: `No such ${what}`,
  body: troublePage(`No such ${what}`, `There is no ${what} of this id, or it is no longer kept.`),
});
