import { IdParameter } from '@coroner/schema/http/parameters';
import { ApiToken, ApiTokens, CreatedToken, NewToken } from '@coroner/schema/http/tokens';
import { newTokenText } from '../../access/token-text.ts';
import { addToken, listTokens, revokeToken } from '../../store/access/tokens.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { ProblemError } from '../problems/problem.ts';
import { usualProblems, withNotFound } from '../problems/responses.ts';

const config = { scope: 'admin' } as const;

/** Tokens for people and programs; the one of the environment is not among them. */
export function tokenRoutes(app: Api, { pool }: ApiDependencies): void {
  app.get(
    '/v1/tokens',
    {
      config,
      schema: {
        summary: 'Tokens, the newest first; never their secrets',
        response: { 200: ApiTokens, ...usualProblems },
      },
    },
    async () => ({ items: await listTokens(pool) }),
  );
  app.post(
    '/v1/tokens',
    {
      config,
      schema: {
        summary: 'Create a token; the answer alone tells it',
        body: NewToken,
        response: { 200: CreatedToken, ...usualProblems },
      },
    },
    async ({ body, caller }, reply) => {
      const { id, text, secretHash } = newTokenText();
      const createdBy = caller?.name ?? '';
      const token = await addToken(pool, { ...body, id, secretHash, createdBy });
      reply.header('cache-control', 'no-store');
      return { ...token, token: text };
    },
  );
  app.delete(
    '/v1/tokens/:id',
    {
      config,
      schema: {
        summary: 'Revoke a token: it opens nothing from now on',
        params: IdParameter,
        response: { 200: ApiToken, ...withNotFound },
      },
    },
    async ({ params: { id } }) => {
      const token = await revokeToken(pool, id);
      if (!token) throw new ProblemError('not-found', `there is no token ${id}`);
      return token;
    },
  );
}
