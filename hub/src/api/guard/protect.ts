import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { Api } from '../api-types.ts';

export interface ProtectOptions {
  /** Web pages of these origins may call the API from a browser; none by default. */
  corsOrigins: readonly string[];
  tls: boolean;
}

/** Rates a token can be held to, and headers that browsers go by: JSON is no page, and nobody frames it. */
export async function protect(api: Api, { corsOrigins, tls }: ProtectOptions): Promise<void> {
  await api.register(rateLimit, { global: false });
  await api.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: tls,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  if (corsOrigins.length === 0) return;
  await api.register(cors, {
    origin: [...corsOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'if-none-match', 'last-event-id'],
    exposedHeaders: ['etag', 'retry-after'],
    maxAge: 600,
  });
}
