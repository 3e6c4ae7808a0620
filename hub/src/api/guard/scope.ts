import { type Scope, scopes } from '@coroner/schema/http/tokens';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a token needs for this route; without it `read` for GET and `act` for all others. */
    scope?: Scope;
    /** Its answers hold command lines, addresses of people or when they were logged in: reads are logged. */
    sensitive?: boolean;
  }
}

/** For the configuration of routes whose reads are logged. */
export const sensitive = { config: { sensitive: true } } as const;

/** What a request with this method needs on a route with this configuration. */
export function neededScope(method: string, config: { scope?: Scope }): Scope {
  return config.scope ?? (method === 'GET' || method === 'HEAD' ? 'read' : 'act');
}

export const includes = (has: Scope, needed: Scope): boolean =>
  scopes.indexOf(has) >= scopes.indexOf(needed);
