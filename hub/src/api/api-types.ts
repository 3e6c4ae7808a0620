import type { ImportRequest, ImportResult } from '@coroner/schema/http/import';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Metrics } from '../metrics/metrics.ts';
import type { Pool } from '../store/database.ts';
import type { WebhookSettings } from '../webhooks/deliver.ts';
import type { Feed } from './feed.ts';

/** Fastify with requests and replies typed by zod schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What the routes work with. */
export interface ApiDependencies {
  pool: Pool;
  metrics: Metrics;
  feed: Feed;
  /** Stores events that no agent sent; rejects when the database fails. */
  takeEvents: (request: ImportRequest) => Promise<ImportResult>;
  /** Why the hub cannot do its work now; empty when it can. */
  troubles: () => Promise<string[]>;
  /** Messages of agents that no hub has taken yet. */
  waitingMessages: () => number;
  webhooks: WebhookSettings;
}
