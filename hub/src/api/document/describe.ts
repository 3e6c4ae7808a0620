import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { Api } from '../api-types.ts';
import { webhooksOfDocument } from './webhooks.ts';

/** Routes that are registered from now on are in /openapi.json, to be read and tried at /docs. */
export async function describe(api: Api): Promise<void> {
  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Coroner', version: '1', description: 'Why did that process die?' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
      webhooks: webhooksOfDocument,
    },
    transform: jsonSchemaTransform,
  });
  await api.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    transformStaticCSP: (header) => `${header}; frame-ancestors 'none'`,
    theme: { title: 'Coroner: API' },
    uiConfig: { docExpansion: 'list', persistAuthorization: false, tryItOutEnabled: true },
  });
}
