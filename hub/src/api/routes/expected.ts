import { ExpectedRule, ExpectedRules, NewExpectedRule } from '@coroner/schema/http/expected';
import { ExpectedParameters, IdParameter } from '@coroner/schema/http/parameters';
import { addRule, listRules, removeRule } from '../../store/expected/rules.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { ProblemError } from '../problems/problem.ts';
import { usualProblems, withNotFound } from '../problems/responses.ts';

/** Deaths that somebody announced: they stay in history and alert nobody. */
export function expectedRoutes(app: Api, { pool }: ApiDependencies): void {
  app.get(
    '/v1/expected',
    {
      schema: {
        summary: 'Which deaths are expected; all=true: also by rules that ended or were removed',
        querystring: ExpectedParameters,
        response: { 200: ExpectedRules, ...usualProblems },
      },
    },
    async ({ query: { all } }) => ({ items: await listRules(pool, all) }),
  );
  app.post(
    '/v1/expected',
    {
      schema: {
        summary: 'Announce deaths, with a reason and an end',
        body: NewExpectedRule,
        response: { 200: ExpectedRule, ...usualProblems },
      },
    },
    ({ body }) => addRule(pool, body),
  );
  app.delete(
    '/v1/expected/:id',
    {
      schema: {
        summary: 'End a rule now; what it explained stays explained',
        params: IdParameter,
        response: { 200: ExpectedRule, ...withNotFound },
      },
    },
    async ({ params: { id } }) => {
      const rule = await removeRule(pool, id);
      if (!rule) throw new ProblemError('not-found', `there is no rule ${id}`);
      return rule;
    },
  );
}
