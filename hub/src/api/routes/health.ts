import { Health } from '@coroner/schema/http/health';
import type { Api, ApiDependencies } from '../api-types.ts';

/** For supervisors and Prometheus: without a token, and without a word about any process. */
export function healthRoutes(app: Api, { metrics, troubles }: ApiDependencies): void {
  app.get(
    '/healthz',
    { schema: { summary: 'The process runs', security: [], response: { 200: Health } } },
    async () => ({ status: 'ok' as const, troubles: [] }),
  );
  app.get(
    '/readyz',
    {
      schema: {
        summary: 'The hub can do its work',
        security: [],
        response: { 200: Health, 503: Health },
      },
    },
    async (_request, reply) => {
      const found = await troubles();
      if (found.length === 0) return { status: 'ok' as const, troubles: [] };
      return reply.code(503).send({ status: 'unavailable' as const, troubles: found });
    },
  );
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    reply.type(metrics.registry.contentType);
    return metrics.registry.metrics();
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}
