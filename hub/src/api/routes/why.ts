import { Answer } from '@coroner/schema/http/answer';
import { WhyParameters } from '@coroner/schema/http/parameters';
import type { WhyQuery } from '@coroner/schema/http/queries';
import { gapsOfBacklog } from '../../answer/backlog.ts';
import { why } from '../../answer/why.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { sensitive } from '../guard/scope.ts';
import { ProblemError } from '../problems/problem.ts';
import { withNotFound } from '../problems/responses.ts';

export function whyRoute(app: Api, { pool, waitingMessages }: ApiDependencies): void {
  app.get(
    '/v1/why',
    {
      ...sensitive,
      schema: {
        summary: 'Why did this process die?',
        querystring: WhyParameters,
        response: { 200: Answer, ...withNotFound },
      },
    },
    async ({ query }) => {
      if (query.process === undefined && query.pid === undefined)
        throw new ProblemError('bad-request', 'say which process, or which pid', {
          field: 'process',
        });
      const result = await why(pool, query);
      const behind = gapsOfBacklog(waitingMessages());
      if ('answer' in result) return { ...result.answer, gaps: [...result.answer.gaps, ...behind] };
      const { candidates, gaps, hostEnded } = result.none;
      const detail = hostEnded ? `${notFound(query)}; but ${hostEnded.text}` : notFound(query);
      throw new ProblemError('no-such-death', detail, {
        candidates,
        gaps: [...gaps, ...behind],
        ...(hostEnded ? { hostEnded } : {}),
      });
    },
  );
}

function notFound({ process, host, pid, at }: WhyQuery): string {
  const what = [process, pid === undefined ? null : `pid ${pid}`].filter(Boolean).join(', ');
  return `no death of ${what}${host ? ` on ${host}` : ''}${at ? ` near ${at}` : ''} is known`;
}
