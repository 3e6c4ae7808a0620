import { EventPage } from '@coroner/schema/http/events';
import { IncidentPage } from '@coroner/schema/http/incidents';
import { DeathPage, HostPage } from '@coroner/schema/http/pages';
import { readCursor } from '../../answer/cursor.ts';
import { hostPage } from '../../answer/fleet/hosts.ts';
import { deathPage, eventPage, incidentPage } from '../../answer/pages.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { sensitive } from '../guard/scope.ts';
import {
  DeathsParameters,
  EventsParameters,
  HostsParameters,
  IncidentsParameters,
} from '../parameters.ts';
import { positionOf, wrongCursor } from '../problems/cursor.ts';
import { usualProblems } from '../problems/responses.ts';

/** Lists in pages, newest first (hosts by name); `next` of a page is the `cursor` of the one after it. */
export function listRoutes(app: Api, { pool }: ApiDependencies): void {
  app.get(
    '/v1/deaths',
    {
      ...sensitive,
      schema: {
        summary: 'Deaths, newest first',
        querystring: DeathsParameters,
        response: { 200: DeathPage, ...usualProblems },
      },
    },
    ({ query: { cursor, ...filter } }) => deathPage(pool, filter, positionOf(cursor)),
  );
  app.get(
    '/v1/events',
    {
      ...sensitive,
      schema: {
        summary: 'Events, newest first',
        querystring: EventsParameters,
        response: { 200: EventPage, ...usualProblems },
      },
    },
    ({ query: { cursor, ...filter } }) => eventPage(pool, filter, positionOf(cursor)),
  );
  app.get(
    '/v1/incidents',
    {
      ...sensitive,
      schema: {
        summary: 'Incidents by their last death, newest first',
        querystring: IncidentsParameters,
        response: { 200: IncidentPage, ...usualProblems },
      },
    },
    ({ query: { cursor, ...filter } }) => incidentPage(pool, filter, positionOf(cursor)),
  );
  app.get(
    '/v1/hosts',
    {
      schema: {
        summary: 'Hosts by name, with what is watched there',
        querystring: HostsParameters,
        response: { 200: HostPage, ...usualProblems },
      },
    },
    ({ query: { cursor, ...filter } }) => {
      const name = cursor === undefined ? null : readCursor(cursor, 1);
      if (cursor !== undefined && !name) throw wrongCursor();
      return hostPage(pool, filter, name?.[0] ?? null);
    },
  );
}
