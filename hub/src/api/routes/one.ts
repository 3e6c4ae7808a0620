import { Answer } from '@coroner/schema/http/answer';
import { IncidentDetail } from '@coroner/schema/http/incidents';
import { answerFor, incidentDetail } from '../../answer/one.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { IdParameter } from '../parameters.ts';
import { ProblemError } from '../problems/problem.ts';
import { withNotFound } from '../problems/responses.ts';

export function singleRoutes(app: Api, { pool }: ApiDependencies): void {
  app.get(
    '/v1/deaths/:id',
    {
      schema: {
        summary: 'The answer for one death',
        params: IdParameter,
        response: { 200: Answer, ...withNotFound },
      },
    },
    async ({ params: { id } }) => (await answerFor(pool, id)) ?? missing('death', id),
  );
  app.get(
    '/v1/incidents/:id',
    {
      schema: {
        summary: 'One incident, its victims, and the answer for its first death',
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
