import fastifySwagger from '@fastify/swagger';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Api, ApiDependencies } from './api-types.ts';
import { requireToken } from './authorize.ts';
import { answerErrors } from './problems/errors.ts';
import { claimRoutes } from './routes/claims.ts';
import { expectedRoutes } from './routes/expected.ts';
import { fleetRoutes } from './routes/fleet.ts';
import { healthRoutes } from './routes/health.ts';
import { importRoute } from './routes/import.ts';
import { listRoutes } from './routes/lists.ts';
import { singleRoutes } from './routes/one.ts';
import { streamRoute } from './routes/stream.ts';
import { whyRoute } from './routes/why.ts';

export interface ApiOptions extends ApiDependencies {
  token: string;
  log: FastifyBaseLogger;
}

const longestParameter = 1_024;

/** The HTTP API, not yet listening: tests use `inject`. */
export async function buildApi({ token, log, ...dependencies }: ApiOptions): Promise<Api> {
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: longestParameter },
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  app.addHook('onResponse', async (request, reply) => {
    dependencies.metrics.requestSeconds.observe(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: String(reply.statusCode),
      },
      reply.elapsedTime / 1000,
    );
  });
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Coroner', version: '1', description: 'Why did that process die?' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    transform: jsonSchemaTransform,
  });
  await app.register(async (open: Api) => healthRoutes(open, dependencies));
  await app.register(async (v1: Api) => {
    v1.addHook('onRequest', requireToken(token));
    for (const route of [
      whyRoute,
      listRoutes,
      fleetRoutes,
      singleRoutes,
      claimRoutes,
      expectedRoutes,
      importRoute,
      streamRoute,
    ])
      route(v1, dependencies);
  });
  return app;
}
