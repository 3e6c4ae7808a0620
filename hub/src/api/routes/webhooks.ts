import { randomUUID } from 'node:crypto';
import { deliveriesFilter, IdParameter } from '@coroner/schema/http/parameters';
import {
  CreatedWebhook,
  Delivery,
  DeliveryPage,
  NewSecret,
  NewWebhook,
  testEvent,
  Webhook,
  WebhookChange,
  Webhooks,
  type WebhookTestMessage,
} from '@coroner/schema/http/webhooks';
import { nextCursor } from '../../answer/cursor.ts';
import { changeWebhook } from '../../store/webhooks/change-webhook.ts';
import { addTest, listDeliveries } from '../../store/webhooks/deliveries.ts';
import { exchangeSecret, mostEarlierSecrets } from '../../store/webhooks/exchange-secret.ts';
import {
  addWebhook,
  findWebhook,
  listWebhooks,
  mostWebhooks,
  removeWebhook,
} from '../../store/webhooks/webhooks.ts';
import type { WebhookSettings } from '../../webhooks/deliver.ts';
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
      const key = configured(settings.key);
      checkUrl(body.url, settings);
      const id = randomUUID();
      const secret = secretOf(key, id, 1);
      const createdBy = caller?.name ?? '';
      const secretHash = fingerprintOf(secret);
      const webhook = await addWebhook(pool, { ...body, id, secretHash, createdBy });
      if (!webhook)
        throw new ProblemError('conflict', `there are ${mostWebhooks} already: remove one first`);
      reply.header('cache-control', 'no-store');
      return { ...webhook, secret };
    },
  );
  app.patch(
    '/v1/webhooks/:id',
    {
      config,
      schema: {
        summary: 'Change a webhook, switch it off, or on again',
        params: IdParameter,
        body: WebhookChange,
        response: { 200: Webhook, ...withNotFound },
      },
    },
    async ({ params: { id }, body, caller }) => {
      if (body.url !== undefined) checkUrl(body.url, settings);
      return found(await changeWebhook(pool, id, body, caller?.name ?? ''), id);
    },
  );
  app.post(
    '/v1/webhooks/:id/secret',
    {
      config,
      schema: {
        summary: 'Exchange its secret; the answer alone tells the new one',
        params: IdParameter,
        body: NewSecret,
        response: { 200: CreatedWebhook, ...withConflict },
      },
    },
    async ({ params: { id }, body: { keepSeconds } }, reply) => {
      const key = configured(settings.key);
      const hashOf = (number: number) => fingerprintOf(secretOf(key, id, number));
      const exchanged = await exchangeSecret(pool, id, keepSeconds, hashOf);
      if (exchanged === 'full') throw new ProblemError('conflict', tooManySecrets);
      if (exchanged === null) throw missing(id);
      reply.header('cache-control', 'no-store');
      return { ...exchanged.webhook, secret: secretOf(key, id, exchanged.number) };
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
      const data = { webhook: { id, name } };
      const message: WebhookTestMessage = { type: testEvent, timestamp, data };
      return addTest(pool, id, { event: testEvent, body: JSON.stringify(message) });
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
  if (!webhook) throw missing(id);
  return webhook;
}

const missing = (id: string) => new ProblemError('not-found', `there is no webhook ${id}`);

const tooManySecrets = `${mostEarlierSecrets} earlier secrets still sign: wait, or end them with keepSeconds 0`;

function configured(key: string | null): string {
  if (key !== null) return key;
  throw new ProblemError('not-configured', 'set CORONER_WEBHOOK_KEY, the same for all hubs');
}

function checkUrl(url: string, { networks }: WebhookSettings): void {
  const wrong = refusedUrl(url, networks);
  if (wrong !== null) throw wrongField('url', wrong);
}

const wrongField = (field: string, detail: string) =>
  new ProblemError('bad-request', `${field}: ${detail}`, { field, errors: [{ field, detail }] });
