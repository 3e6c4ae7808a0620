import { randomBytes } from 'node:crypto';
import { NewSignInLink, SignInLink } from '@coroner/schema/http/sign-in-links';
import { hashOf } from '../../access/token-text.ts';
import { addSignInLink } from '../../store/access/sign-in-links.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { usualProblems } from '../problems/responses.ts';

const codeBytes = 24;

/** For who knows a person without a token: a bot that answers somebody in Slack. */
export function signInLinkRoute(app: Api, { pool }: ApiDependencies): void {
  app.post(
    '/v1/sign-in-links',
    {
      schema: {
        summary: 'A link that signs one person in to the pages, once, within 15 minutes, to read',
        body: NewSignInLink,
        response: { 200: SignInLink, ...usualProblems },
      },
    },
    async ({ body, caller }, reply) => {
      const code = randomBytes(codeBytes).toString('base64url');
      const createdBy = caller?.name ?? '';
      const expiresAt = await addSignInLink(pool, { ...body, codeHash: hashOf(code), createdBy });
      reply.header('cache-control', 'no-store');
      return { path: `/sign-in/${code}`, expiresAt };
    },
  );
}
