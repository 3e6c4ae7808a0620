import { EventItem, EventPage } from '@coroner/schema/http/events';
import { IncidentPage, IncidentRow } from '@coroner/schema/http/incidents';
import { DeathPage, DeathRow, HostPage, HostRow } from '@coroner/schema/http/pages';
import {
  deathsFilter,
  eventsFilter,
  hostsFilter,
  incidentsFilter,
} from '@coroner/schema/http/parameters';
import { readCursor } from '../../answer/cursor.ts';
import { hostPage } from '../../answer/fleet/hosts.ts';
import { meantHost } from '../../answer/names/meant-host.ts';
import { deathPage, eventPage, incidentPage } from '../../answer/pages.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { sensitive } from '../guard/scope.ts';
import { listRoute } from '../lists/list-route.ts';
import { positionOf, wrongCursor } from '../problems/cursor.ts';

/** Lists in pages, newest first (hosts by name); `next` of a page is the `cursor` of the one after it. */
export function listRoutes(app: Api, { pool }: ApiDependencies): void {
  listRoute(app, {
    ...sensitive,
    path: '/v1/deaths',
    summary: 'Deaths, newest first',
    filter: deathsFilter,
    item: DeathRow,
    page: DeathPage,
    read: async ({ cursor, ...filter }) =>
      deathPage(pool, { ...filter, host: await meantHost(pool, filter.host) }, positionOf(cursor)),
  });
  listRoute(app, {
    ...sensitive,
    path: '/v1/events',
    summary: 'Events, newest first',
    filter: eventsFilter,
    item: EventItem,
    page: EventPage,
    read: ({ cursor, ...filter }) => eventPage(pool, filter, positionOf(cursor)),
  });
  listRoute(app, {
    ...sensitive,
    path: '/v1/incidents',
    summary: 'Incidents by their last death, newest first',
    filter: incidentsFilter,
    item: IncidentRow,
    page: IncidentPage,
    read: ({ cursor, ...filter }) => incidentPage(pool, filter, positionOf(cursor)),
  });
  listRoute(app, {
    path: '/v1/hosts',
    summary: 'Hosts by name, with what is watched there',
    filter: hostsFilter,
    item: HostRow,
    page: HostPage,
    read: async ({ cursor, ...filter }) => {
      const name = cursor === undefined ? null : readCursor(cursor, 1);
      if (cursor !== undefined && !name) throw wrongCursor();
      return hostPage(
        pool,
        { ...filter, host: await meantHost(pool, filter.host) },
        name?.[0] ?? null,
      );
    },
  });
}
