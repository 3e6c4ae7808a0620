import fastifySwagger from '@fastify/swagger';
import Fastify, { type FastifyBaseLogger } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Pool } from '../store/database.ts';
import type { Api } from './api-types.ts';
import { requireToken } from './authorize.ts';
import { answerErrors } from './errors.ts';
import { whyRoute } from './why.ts';

export interface ApiOptions {
  pool: Pool;
  token: string;
  log: FastifyBaseLogger;
}

const longestUrlPart = 1_024;

/** The HTTP API, not yet listening: tests use `inject`. */
export async function buildApi(options: ApiOptions): Promise<Api> {
  const app = Fastify({
    loggerInstance: options.log,
    disableRequestLogging: true,
    routerOptions: { maxParamLength: longestUrlPart },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Coroner', version: '1', description: 'Why did that process die?' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    transform: jsonSchemaTransform,
  });
  await app.register(async (v1: Api) => {
    v1.addHook('onRequest', requireToken(options.token));
    whyRoute(v1, options);
  });
  return app;
}
