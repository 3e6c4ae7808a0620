import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticate } from '../../access/authenticate.ts';
import type { Api } from '../../api/api-types.ts';

export const cookieName = 'coroner';

/**
 * Pages are for who has a token in the cookie; all others are sent to the sign-in, and come back
 * from there. The cookie opens pages alone: under /v1 nothing but the header counts, so no other
 * site's request can act with it. Logs who read what.
 */
export function guardPages(app: Api, authenticate: Authenticate): void {
  app.addHook('onRequest', async (request, reply) => {
    const token = request.cookies[cookieName];
    const found = token === undefined ? null : await authenticate(token);
    if (found && 'caller' in found) {
      request.caller = found.caller;
      return;
    }
    return reply.redirect(`/sign-in?to=${encodeURIComponent(request.url)}`, 303);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { caller, method, url, ip } = request;
    if (!caller) return;
    const by = { token: caller.id ?? 'environment', name: caller.name, address: ip };
    const what = 'audit: sensitive fields were read';
    request.log.info({ ...by, method, url, status: reply.statusCode }, what);
  });
}

/** The token as a cookie that scripts cannot read, until the browser is closed. */
export function setCookie(reply: FastifyReply, token: string, tls: boolean): void {
  reply.setCookie(cookieName, token, { path: '/', httpOnly: true, sameSite: 'lax', secure: tls });
}

/** A form of another site may not sign anybody in or out; browsers say where a request is from. */
export function fromElsewhere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** Where a sign-in leads: a path of this hub, or the fleet. */
export function ownPath(to: string): string {
  const base = 'http://hub.invalid';
  if (!to.startsWith('/') || !URL.canParse(to, base)) return '/';
  const { origin, pathname, search } = new URL(to, base);
  return origin === base ? pathname + search : '/';
}
