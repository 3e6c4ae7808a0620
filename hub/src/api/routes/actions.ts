import { ActionResult, NewAction } from '@coroner/schema/http/actions';
import { IdParameter } from '@coroner/schema/http/parameters';
import { Problem } from '@coroner/schema/http/problem';
import { act } from '../../act/act.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { ProblemError } from '../problems/problem.ts';
import { withNotFound } from '../problems/responses.ts';

/** What people do about incidents. */
export function actionRoutes(app: Api, { pool }: ApiDependencies): void {
  app.post(
    '/v1/incidents/:id/actions',
    {
      schema: {
        summary: 'Acknowledge, snooze, expect, resolve or reopen an incident, or note something',
        params: IdParameter,
        body: NewAction,
        response: { 200: ActionResult, ...withNotFound, 409: Problem },
      },
    },
    async ({ params: { id }, body, caller }) => {
      const token = caller?.name ?? '';
      const { name = token, slackUser = null } = body.by ?? {};
      const done = await act(pool, id, body, { name, slackUser, token });
      if ('refused' in done) throw new ProblemError(done.refused.code, done.refused.detail);
      return done;
    },
  );
}
