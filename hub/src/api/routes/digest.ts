import { Digest } from '@coroner/schema/http/digest';
import { DigestParameters } from '@coroner/schema/http/parameters';
import { digest } from '../../answer/digest/digest.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { sensitive } from '../guard/scope.ts';
import { ProblemError } from '../problems/problem.ts';
import { usualProblems } from '../problems/responses.ts';

const dayMs = 86_400_000;
const longestDays = 92;

/** What happened in a period, for people who were not there. */
export function digestRoute(app: Api, { pool }: ApiDependencies): void {
  app.get(
    '/v1/digest',
    {
      schema: {
        summary: 'A period against the one before it: victims, causes, hosts, and what is open now',
        querystring: DigestParameters,
        response: { 200: Digest, ...usualProblems },
      },
      ...sensitive,
    },
    ({ query }) => {
      const to = query.to ?? new Date().toISOString();
      const from = query.from ?? new Date(Date.parse(to) - dayMs).toISOString();
      const lengthMs = Date.parse(to) - Date.parse(from);
      if (lengthMs <= 0)
        throw new ProblemError('bad-request', 'from lies not before to', { field: 'from' });
      if (lengthMs > longestDays * dayMs)
        throw new ProblemError('bad-request', `a digest is of at most ${longestDays} days`, {
          field: 'from',
        });
      return digest(pool, from, to);
    },
  );
}
