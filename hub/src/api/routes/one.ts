import { DeathDetail } from '@coroner/schema/http/death-detail';
import { IncidentDetail } from '@coroner/schema/http/incidents';
import { DeathPage, DeathRow } from '@coroner/schema/http/pages';
import { beforeFilter, IdParameter } from '@coroner/schema/http/parameters';
import type { z } from 'zod';
import { deathsBefore } from '../../answer/before.ts';
import { deathDetail, incidentDetail } from '../../answer/one.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { sensitive } from '../guard/scope.ts';
import { listRoute } from '../lists/list-route.ts';
import { positionOf } from '../problems/cursor.ts';
import { ProblemError } from '../problems/problem.ts';
import { withNotFound } from '../problems/responses.ts';

export function singleRoutes(app: Api, { pool }: ApiDependencies): void {
  app.get(
    '/v1/deaths/:id',
    {
      ...sensitive,
      schema: {
        summary: 'The answer for one death, and what it was before',
        params: IdParameter,
        response: { 200: DeathDetail, ...withNotFound },
      },
    },
    async ({ params: { id } }) => (await deathDetail(pool, id)) ?? missing('death', id),
  );
  listRoute(app, {
    ...sensitive,
    path: '/v1/deaths/:id/before',
    summary: 'Has this happened before? Earlier deaths of the same program, newest first',
    params: IdParameter,
    mayBeMissing: true,
    filter: beforeFilter,
    item: DeathRow,
    page: DeathPage,
    read: async ({ cursor, ...query }, { params }) => {
      const { id } = params as z.output<typeof IdParameter>;
      return (await deathsBefore(pool, id, query, positionOf(cursor))) ?? missing('death', id);
    },
  });
  app.get(
    '/v1/incidents/:id',
    {
      ...sensitive,
      schema: {
        summary: 'One incident, its deaths, and what happened around them',
        params: IdParameter,
        response: { 200: IncidentDetail, ...withNotFound },
      },
    },
    async ({ params: { id } }) => (await incidentDetail(pool, id)) ?? missing('incident', id),
  );
}

function missing(what: string, id: string): never {
  throw new ProblemError('not-found', `there is no ${what} ${id}`);
}
