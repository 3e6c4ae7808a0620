import { randomUUID } from 'node:crypto';
import { deliveriesFilter, IdParameter } from '@coroner/schema/http/parameters';
import {
  CreatedWebhook,
  Delivery,
  DeliveryPage,
  NewWebhook,
  testEvent,
  Webhook,
  Webhooks,
} from '@coroner/schema/http/webhooks';
import { nextCursor } from '../../answer/cursor.ts';
import { addTest, listDeliveries } from '../../store/webhooks/deliveries.ts';
import {
  addWebhook,
  findWebhook,
  listWebhooks,
  mostWebhooks,
  removeWebhook,
} from '../../store/webhooks/webhooks.ts';
import { refusedUrl } from '../../webhooks/networks.ts';
import { fingerprintOf, secretOf } from '../../webhooks/secret.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { listRoute } from '../lists/list-route.ts';
import { positionOf } from '../problems/cursor.ts';
import { ProblemError } from '../problems/problem.ts';
import { withConflict, withNotFound } from '../problems/responses.ts';

const config = { scope: 'admin' } as const;

/** Addresses that incidents are posted to, and what became of the messages. */
export function webhookRoutes(app: Api, { pool, webhooks: settings }: ApiDependencies): void {
  app.get(
    '/v1/webhooks',
    {
      config,
      schema: {
        summary: 'Webhooks, the oldest first; never their secrets',
        response: { 200: Webhooks, ...withNotFound },
      },
    },
    async () => ({ items: await listWebhooks(pool) }),
  );
  app.post(
    '/v1/webhooks',
    {
      config,
      schema: {
        summary: 'Post incidents to an address; the answer alone tells the secret',
        body: NewWebhook,
        response: { 200: CreatedWebhook, ...withConflict },
      },
    },
    async ({ body, caller }, reply) => {
      if (settings.key === null)
        throw new ProblemError('not-configured', 'set CORONER_WEBHOOK_KEY, the same for all hubs');
      const wrong = refusedUrl(body.url, settings.networks);
      if (wrong !== null) throw wrongField('url', wrong);
      const id = randomUUID();
      const secret = secretOf(settings.key, id);
      const createdBy = caller?.name ?? '';
      const secretHash = fingerprintOf(secret);
      const webhook = await addWebhook(pool, { ...body, id, secretHash, createdBy });
      if (!webhook)
        throw new ProblemError('conflict', `there are ${mostWebhooks} already: remove one first`);
      reply.header('cache-control', 'no-store');
      return { ...webhook, secret };
    },
  );
  app.delete(
    '/v1/webhooks/:id',
    {
      config,
      schema: {
        summary: 'Remove a webhook, with what waits for it',
        params: IdParameter,
        response: { 200: Webhook, ...withNotFound },
      },
    },
    async ({ params: { id } }) => found(await removeWebhook(pool, id), id),
  );
  app.post(
    '/v1/webhooks/:id/test',
    {
      config,
      schema: {
        summary: 'Send a test message, once; see its delivery for what became of it',
        params: IdParameter,
        response: { 200: Delivery, ...withConflict },
      },
    },
    async ({ params: { id } }) => {
      const { state, offBecause, name } = found(await findWebhook(pool, id), id);
      if (state === 'off') throw new ProblemError('conflict', `it is switched off: ${offBecause}`);
      const timestamp = new Date().toISOString();
      const body = JSON.stringify({ type: testEvent, timestamp, data: { webhook: { id, name } } });
      return addTest(pool, id, { event: testEvent, body });
    },
  );
  listRoute(app, {
    config,
    path: '/v1/webhooks/:id/deliveries',
    summary: 'Messages to a webhook, the newest first, and what became of them',
    params: IdParameter,
    mayBeMissing: true,
    filter: deliveriesFilter,
    item: Delivery,
    page: DeliveryPage,
    read: async ({ state, limit, cursor }, { params }) => {
      const { id } = params as { id: string };
      found(await findWebhook(pool, id), id);
      const position = positionOf(cursor);
      const items = await listDeliveries(pool, id, { state, limit }, position);
      return { items, next: nextCursor(items, limit, (each) => [each.createdAt, each.id]) };
    },
  });
}

function found(webhook: Webhook | null, id: string): Webhook {
  if (!webhook) throw new ProblemError('not-found', `there is no webhook ${id}`);
  return webhook;
}

const wrongField = (field: string, detail: string) =>
  new ProblemError('bad-request', `${field}: ${detail}`, { field, errors: [{ field, detail }] });
