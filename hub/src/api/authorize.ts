import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from './problems/problem.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A hook that lets through only requests with `Authorization: Bearer <token>`, compared in constant time. */
export function requireToken(token: string): (request: FastifyRequest) => Promise<void> {
  const expected = digest(token);
  return async (request) => {
    const given = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (given === undefined || !timingSafeEqual(digest(given), expected))
      throw new ProblemError('unauthorized', 'send Authorization: Bearer with the API token');
  };
}
