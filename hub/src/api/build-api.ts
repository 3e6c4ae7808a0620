import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { type Authenticate, authenticator } from '../access/authenticate.ts';
import type { TlsPair } from '../access/tls.ts';
import type { Api, ApiDependencies } from './api-types.ts';
import { describe } from './document/describe.ts';
import { economise } from './economise.ts';
import { documentScopes } from './guard/documented-scopes.ts';
import { guard } from './guard/guard.ts';
import { protect } from './guard/protect.ts';
import { answerErrors } from './problems/errors.ts';
import { actionRoutes } from './routes/actions.ts';
import { alertRouteRoutes } from './routes/alert-routes.ts';
import { claimRoutes } from './routes/claims.ts';
import { compareRoute } from './routes/compare.ts';
import { cronNextRoute } from './routes/cron-next.ts';
import { digestRoute } from './routes/digest.ts';
import { expectedRoutes } from './routes/expected.ts';
import { fleetRoutes } from './routes/fleet.ts';
import { healthRoutes } from './routes/health.ts';
import { hostMomentRoute } from './routes/host-moment.ts';
import { importRoute } from './routes/import.ts';
import { listRoutes } from './routes/lists.ts';
import { singleRoutes } from './routes/one.ts';
import { pictureRoutes } from './routes/pictures.ts';
import { searchRoute } from './routes/search.ts';
import { signInLinkRoute } from './routes/sign-in-links.ts';
import { streamRoute } from './routes/stream.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { whyRoute } from './routes/why.ts';

export interface ApiOptions extends ApiDependencies {
  /** Of the environment: admin, for ever. */
  token: string;
  log: FastifyBaseLogger;
  /** Plain HTTP without it. */
  tls?: TlsPair | null;
  corsOrigins?: readonly string[];
  /** Requests of one stored token in 10 s; 0: any number. */
  rateLimit?: number;
  /** Serves what is for people, beside the API. */
  pages?: (app: Api, authenticate: Authenticate) => Promise<void>;
}

const longestParameter = 1_024;

/** The HTTP API, not yet listening: tests use `inject`. */
export async function buildApi(options: ApiOptions): Promise<Api> {
  const {
    token,
    log,
    tls = null,
    corsOrigins = [],
    rateLimit = 0,
    pages,
    ...dependencies
  } = options;
  const app = Fastify({
    // Fastify types a server with TLS apart, and no route here can tell them apart.
    ...(tls ? ({ https: tls } as object) : {}),
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
  const authenticate = authenticator(dependencies.pool, token);
  await protect(app, { corsOrigins, tls: tls !== null });
  await economise(app);
  await describe(app);
  await app.register(async (open: Api) => healthRoutes(open, dependencies));
  await app.register(async (v1: Api) => {
    guard(v1, { authenticate, rateLimit });
    documentScopes(v1);
    for (const route of [
      whyRoute,
      listRoutes,
      fleetRoutes,
      singleRoutes,
      actionRoutes,
      alertRouteRoutes,
      claimRoutes,
      compareRoute,
      cronNextRoute,
      digestRoute,
      expectedRoutes,
      hostMomentRoute,
      importRoute,
      pictureRoutes,
      streamRoute,
      tokenRoutes,
      webhookRoutes,
      signInLinkRoute,
      searchRoute,
    ])
      route(v1, dependencies);
  });
  if (pages) await app.register(async (own: Api) => pages(own, authenticate));
  return app;
}
