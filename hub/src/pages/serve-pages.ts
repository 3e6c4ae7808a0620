import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import type { FastifyError } from 'fastify';
import type { Authenticate } from '../access/authenticate.ts';
import type { Api } from '../api/api-types.ts';
import type { Pool } from '../store/database.ts';
import { assetRoutes } from './assets.ts';
import { page } from './html/layout.ts';
import { pageRoutes } from './page-routes.ts';
import { signInRoutes } from './sign-in/sign-in-routes.ts';
import { troublePage } from './views/other.ts';

export interface PagesOptions {
  pool: Pool;
  authenticate: Authenticate;
  tls: boolean;
}

/** What a page may load and do: its own style, script and forms, and nothing of anybody else. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The pages for people, beside the API. */
export async function servePages(app: Api, options: PagesOptions): Promise<void> {
  await app.register(cookie);
  await app.register(formbody);
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', policy).type('text/html; charset=utf-8');
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.validation ? 404 : (error.statusCode ?? 500);
    if (status >= 500) request.log.error({ err: error }, 'a page failed');
    const body =
      status >= 500
        ? troublePage('The hub failed', 'Try again in a few seconds; the reason is in its log.')
        : troublePage('There is no such page', 'The address is wrong.');
    const who = request.caller?.name ?? null;
    return reply.code(status).send(page({ title: 'Trouble', who, body }));
  });
  await app.register(async (open: Api) => {
    await assetRoutes(open);
    signInRoutes(open, options);
  });
  await app.register(async (closed: Api) => pageRoutes(closed, options));
}
