import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticate, Caller } from '../../access/authenticate.ts';
import type { Api } from '../api-types.ts';
import { ProblemError } from '../problems/problem.ts';
import { includes, neededScope } from './scope.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null until the guard let the request in. */
    caller: Caller | null;
  }
}

/** Requests with a wrong token that an address may send in {@link windowMs}. */
const wrongTokens = 100;
const windowMs = 10_000;

export interface GuardOptions {
  authenticate: Authenticate;
  /** Requests of one stored token in 10 s; 0: any number. */
  rateLimit: number;
}

/**
 * Lets through only requests with `Authorization: Bearer <token>` (RFC 6750) of a scope that the
 * route needs, at the rate that a token has. The token of the environment has no rate: the parts
 * of Coroner use it. Logs who read what is sensitive, and who changed what.
 */
export function guard(api: Api, { authenticate, rateLimit }: GuardOptions): void {
  const limitOfToken = api.createRateLimit({
    max: rateLimit,
    timeWindow: windowMs,
    keyGenerator: ({ caller }) => `token ${caller?.id}`,
  });
  const limitOfAddress = api.createRateLimit({
    max: wrongTokens,
    timeWindow: windowMs,
    keyGenerator: ({ ip }) => `address ${ip}`,
  });

  async function callerOf(request: FastifyRequest, reply: FastifyReply): Promise<Caller> {
    const given = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (given !== undefined) {
      const found = await authenticate(given);
      if ('caller' in found) return found.caller;
      const limit = await limitOfAddress(request);
      if (!limit.isAllowed && limit.isExceeded) throw tooMany(reply, limit.ttlInSeconds);
      challenge(reply, 'error="invalid_token"');
      throw new ProblemError('unauthorized', found.refused);
    }
    challenge(reply);
    throw new ProblemError('unauthorized', 'send Authorization: Bearer with an API token');
  }

  api.decorateRequest('caller', null);
  api.addHook('onRequest', async (request, reply) => {
    const caller = await callerOf(request, reply);
    request.caller = caller;
    if (caller.id !== null && rateLimit > 0) {
      const limit = await limitOfToken(request);
      if (!limit.isAllowed && limit.isExceeded) throw tooMany(reply, limit.ttlInSeconds);
    }
    const needed = neededScope(request.method, request.routeOptions.config);
    if (includes(caller.scope, needed)) return;
    challenge(reply, `error="insufficient_scope", scope="${needed}"`);
    throw new ProblemError(
      'forbidden',
      `this needs a token of scope ${needed}, and "${caller.name}" has scope ${caller.scope}`,
    );
  });
  api.addHook('onResponse', async (request, reply) => {
    const { caller, method, url, ip, routeOptions } = request;
    const reads = neededScope(method, routeOptions.config) === 'read';
    if (!caller || (reads && !routeOptions.config.sensitive) || isOwnWork(request)) return;
    const by = { token: caller.id ?? 'environment', name: caller.name, address: ip };
    const what = reads ? 'audit: sensitive fields were read' : 'audit: something was changed';
    request.log.info({ ...by, method, url, status: reply.statusCode }, what);
  });
}

/** Bots take claims by the thousand, and nothing about anybody is in them. */
const isOwnWork = ({ routeOptions }: FastifyRequest): boolean => routeOptions.url === '/v1/claims';

function challenge(reply: FastifyReply, more = ''): void {
  reply.header('www-authenticate', `Bearer realm="coroner"${more && `, ${more}`}`);
}

function tooMany(reply: FastifyReply, seconds: number): ProblemError {
  reply.header('retry-after', seconds);
  return new ProblemError('too-many-requests', `try again in ${seconds} s`);
}
