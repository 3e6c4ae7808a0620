import { z } from 'zod';
import type { Authenticate } from '../../access/authenticate.ts';
import { hashOf, newTokenText } from '../../access/token-text.ts';
import type { Api } from '../../api/api-types.ts';
import { exchangeSignInLink } from '../../store/access/sign-in-links.ts';
import type { Pool } from '../../store/database.ts';
import { page } from '../html/layout.ts';
import { oneTimePage, signInPage, troublePage } from '../views/other.ts';
import { cookieName, fromElsewhere, ownPath, setCookie } from './page-guard.ts';

const longest = 2_048;
const To = z.object({ to: z.string().max(longest).default('/') });
const Form = z.object({ token: z.string().max(longest), to: z.string().max(longest).default('/') });
const Code = z.object({ code: z.string().max(longest) });
/** Wrong tokens that an address may try in {@link windowMs}. */
const tries = 30;
const windowMs = 60_000;
const sessionMs = 12 * 3_600_000;

export interface SignInOptions {
  pool: Pool;
  authenticate: Authenticate;
  tls: boolean;
}

/** Signing in by a token or by a one-time link, and out. */
export function signInRoutes(app: Api, { pool, authenticate, tls }: SignInOptions): void {
  const schema = { hide: true };
  const limitOfAddress = app.createRateLimit({ max: tries, timeWindow: windowMs });
  const document = (title: string, body: Parameters<typeof page>[0]['body']) =>
    page({ title, who: null, body });

  app.get('/sign-in', { schema: { ...schema, querystring: To } }, (request, reply) =>
    reply.send(document('Sign in', signInPage(ownPath(request.query.to), null))),
  );
  app.post('/sign-in', { schema: { ...schema, body: Form } }, async (request, reply) => {
    const { token, to } = request.body;
    const refuse = (status: number, trouble: string) =>
      reply.code(status).send(document('Sign in', signInPage(ownPath(to), trouble)));
    if (fromElsewhere(request)) return refuse(403, 'This form came from another site.');
    const found = await authenticate(token.trim());
    if ('caller' in found) {
      setCookie(reply, token.trim(), tls);
      return reply.redirect(ownPath(to), 303);
    }
    const limit = await limitOfAddress(request);
    if (!limit.isAllowed && limit.isExceeded)
      return refuse(429, `Too many tries. Try again in ${limit.ttlInSeconds} s.`);
    return refuse(401, `That did not work: ${found.refused}.`);
  });
  app.get('/sign-in/:code', { schema: { ...schema, params: Code } }, (request, reply) =>
    reply.send(document('Sign in', oneTimePage(request.params.code))),
  );
  app.post('/sign-in/:code', { schema: { ...schema, params: Code } }, async (request, reply) => {
    const { id, text, secretHash } = newTokenText();
    const expiresAt = new Date(Date.now() + sessionMs).toISOString();
    const session = { id, secretHash, scope: 'read', expiresAt } as const;
    const link = fromElsewhere(request)
      ? null
      : await exchangeSignInLink(pool, hashOf(request.params.code), session);
    if (!link) {
      const detail = 'The link was used before, or is too old. Ask for a new one.';
      return reply.code(401).send(document('Sign in', troublePage('No way in', detail)));
    }
    setCookie(reply, text, tls);
    return reply.redirect(ownPath(link.path), 303);
  });
  app.post('/sign-out', { schema }, (request, reply) => {
    if (!fromElsewhere(request)) reply.clearCookie(cookieName, { path: '/' });
    return reply.redirect('/sign-in', 303);
  });
}
