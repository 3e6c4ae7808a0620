import {
  Claim,
  ClaimDone,
  ClaimRequest,
  ClaimResponse,
  OpenClaims,
  OpenClaimsQuery,
} from '@coroner/schema/http/claims';
import { ClaimParameters } from '@coroner/schema/http/parameters';
import { Problem } from '@coroner/schema/http/problem';
import { completeClaim, openClaims, readClaim, takeClaim } from '../../store/claims.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { ProblemError } from '../problems/problem.ts';
import { usualProblems, withNotFound } from '../problems/responses.ts';

/** Claims: what only one of several bots may do. Each route is one atomic statement. */
export function claimRoutes(app: Api, { pool }: ApiDependencies): void {
  app.post(
    '/v1/claims',
    {
      schema: {
        summary: 'May I do this?',
        body: ClaimRequest,
        response: { 200: ClaimResponse, ...usualProblems },
      },
    },
    ({ body }) => takeClaim(pool, body),
  );
  app.put(
    '/v1/claims',
    {
      schema: {
        summary: 'It is done, and this is what came of it',
        body: ClaimDone,
        response: { 200: Claim, ...usualProblems, 409: Problem },
      },
    },
    async ({ body }) => {
      const claim = await completeClaim(pool, body);
      if (!claim) throw new ProblemError('conflict', `${body.holder} does not hold ${body.key}`);
      return claim;
    },
  );
  app.get(
    '/v1/claims/open',
    {
      schema: {
        summary: 'What did somebody begin and leave?',
        querystring: OpenClaimsQuery,
        response: { 200: OpenClaims, ...usualProblems },
      },
    },
    async ({ query: { prefix, limit } }) => ({ items: await openClaims(pool, prefix, limit) }),
  );
  app.get(
    '/v1/claims',
    {
      schema: {
        summary: 'Who claimed this, and what came of it?',
        querystring: ClaimParameters,
        response: { 200: Claim, ...withNotFound },
      },
    },
    async ({ query: { key } }) => {
      const claim = await readClaim(pool, key);
      if (!claim) throw new ProblemError('not-found', `nobody has claimed ${key}`);
      return claim;
    },
  );
}
