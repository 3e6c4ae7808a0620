import { Answer } from '@coroner/schema/http/answer';
import { Problem } from '@coroner/schema/http/problem';
import { WhyQuery } from '@coroner/schema/http/queries';
import { why } from '../answer/why.ts';
import { type Api, instantParameter } from './api-types.ts';
import { ProblemError } from './problem.ts';

export function whyRoute(app: Api, { pool }: { pool: Parameters<typeof why>[0] }): void {
  app.get(
    '/v1/why',
    {
      schema: {
        summary: 'Why did this process die?',
        querystring: WhyQuery.extend({ at: instantParameter.optional() }).strict(),
        response: { 200: Answer, 400: Problem, 401: Problem, 404: Problem, 503: Problem },
      },
    },
    async ({ query }) => {
      if (query.process === undefined && query.pid === undefined)
        throw new ProblemError('bad-request', 'say which process, or which pid', {
          field: 'process',
        });
      const result = await why(pool, query);
      if ('answer' in result) return result.answer;
      throw new ProblemError('no-such-death', notFound(query), result.none);
    },
  );
}

function notFound({ process, host, pid, at }: WhyQuery): string {
  const what = [process, pid === undefined ? null : `pid ${pid}`].filter(Boolean).join(', ');
  return `no death of ${what}${host ? ` on ${host}` : ''}${at ? ` near ${at}` : ''} is known`;
}
