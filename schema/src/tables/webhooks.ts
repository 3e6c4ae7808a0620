import { sql } from 'drizzle-orm';
import { bigserial, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { RouteMatch } from '../http/alert-routes.ts';
import type { Delivery, DeliveryState, WebhookEvent } from '../http/webhooks.ts';
import { instant } from './instant.ts';

/** A secret that was exchanged for another, and signs beside it until a time. */
export interface EarlierSecret {
  number: number;
  /** SHA-256 in hex. */
  hash: string;
  /** ISO 8601. */
  until: string;
}

/** Addresses that incidents are posted to. No secret is here: it follows from the hub's key, the id and its number. */
export const webhooks = pgTable('webhooks', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  url: text('url').notNull(),
  match: jsonb('match').$type<RouteMatch>().notNull(),
  /** Null: all. */
  events: text('events').array().$type<WebhookEvent[]>(),
  /** SHA-256 in hex: tells whether the hub's key is still the one that it was made with. */
  secretHash: text('secret_hash').notNull(),
  /** Each exchange of the secret makes one more. */
  secretNumber: integer('secret_number').notNull().default(1),
  /** Those before it, of which some may still sign. */
  earlierSecrets: jsonb('earlier_secrets').$type<EarlierSecret[]>().notNull().default([]),
  createdAt: instant('created_at').notNull().default(sql`now()`),
  createdBy: text('created_by').notNull(),
  /** From then on nothing is sent, and what waits stays in its place. */
  offAt: instant('off_at'),
  offBecause: text('off_because'),
});

/** What a webhook was last told of an incident, or is about to be. */
export const webhookIncidents = pgTable(
  'webhook_incidents',
  {
    webhookId: text('webhook_id').notNull(),
    incidentId: text('incident_id').notNull(),
    revision: integer('revision').notNull(),
    /** A state of the incident, or `withdrawn`. */
    status: text('status').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.webhookId, table.incidentId] }),
    index('webhook_incidents_incident').on(table.incidentId),
  ],
);

/** Messages to webhooks. Those of one incident go one after the other, by `seq`. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    /** The header `webhook-id`. */
    id: text('id').notNull().unique(),
    webhookId: text('webhook_id').notNull(),
    /** Null for a test. */
    incidentId: text('incident_id'),
    event: text('event').$type<Delivery['event']>().notNull(),
    /** JSON, byte for byte as it is signed. */
    body: text('body').notNull(),
    state: text('state').$type<DeliveryState>().notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    /** Not before. */
    dueAt: instant('due_at').notNull(),
    /** A hub is sending it until then. */
    leaseUntil: instant('lease_until'),
    lastAttemptAt: instant('last_attempt_at'),
    /** HTTP status of the last answer. */
    status: integer('status'),
    reason: text('reason'),
  },
  (table) => [
    index('webhook_deliveries_due').on(table.webhookId, table.dueAt).where(sql`state = 'waiting'`),
    index('webhook_deliveries_waiting')
      .on(table.webhookId, table.incidentId, table.seq)
      .where(sql`state = 'waiting'`),
    index('webhook_deliveries_listed').on(table.webhookId, table.createdAt.desc(), table.id.desc()),
    index('webhook_deliveries_created_at').on(table.createdAt),
  ],
);
