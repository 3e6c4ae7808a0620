import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

const instant = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 6, mode: 'string' });

/** One row a host: its newest heartbeat. */
export const hosts = pgTable('hosts', {
  host: text('host').primaryKey(),
  bootId: text('boot_id'),
  kernel: text('kernel'),
  os: text('os'),
  agent: text('agent'),
  lastSeenAt: instant('last_seen_at'),
  sources: jsonb('sources').notNull().default([]),
});

/** Every event as it came, once: `id` is deterministic. */
export const events = pgTable(
  'events',
  {
    id: text('id').primaryKey(),
    host: text('host').notNull(),
    bootId: text('boot_id').notNull(),
    kind: text('kind').notNull(),
    source: text('source').notNull(),
    /** The event's own time, or when it was received where it has none. */
    at: instant('at').notNull(),
    pid: integer('pid'),
    comm: text('comm'),
    body: jsonb('body').notNull(),
    receivedAt: instant('received_at').notNull().defaultNow(),
  },
  (table) => [index('events_host_at').on(table.host, table.at)],
);

/** One row a death, with its newest verdict. */
export const deaths = pgTable(
  'deaths',
  {
    id: text('id').primaryKey(),
    eventId: text('event_id').notNull(),
    host: text('host').notNull(),
    bootId: text('boot_id').notNull(),
    pid: integer('pid').notNull(),
    comm: text('comm').notNull(),
    exeName: text('exe_name'),
    argv0: text('argv0'),
    unit: text('unit'),
    userName: text('user_name'),
    diedAt: instant('died_at').notNull(),
    cause: text('cause').notNull(),
    confidence: text('confidence').notNull(),
    summary: text('summary').notNull(),
    /** Equal for deaths by the same command of the same actor on one host. */
    actorKey: text('actor_key'),
    actorUser: text('actor_user'),
    incidentId: text('incident_id'),
    revision: integer('revision').notNull().default(1),
    /** The Answer without `related`, which is looked up when asked. */
    answer: jsonb('answer').notNull(),
  },
  (table) => [
    index('deaths_host_died_at').on(table.host, table.diedAt.desc()),
    index('deaths_comm_died_at').on(table.comm, table.diedAt.desc()),
    index('deaths_died_at').on(table.diedAt.desc(), table.id),
    index('deaths_actor_key').on(table.actorKey).where(sql`actor_key is not null`),
  ],
);

/** Deaths that belong together: one alert, one thread. */
export const incidents = pgTable(
  'incidents',
  {
    id: text('id').primaryKey(),
    key: text('key').notNull(),
    title: text('title').notNull(),
    cause: text('cause').notNull(),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
    deaths: integer('deaths').notNull(),
    hosts: text('hosts').array().notNull(),
    revision: integer('revision').notNull().default(1),
    /** The death that stands for all. */
    deathId: text('death_id').notNull(),
  },
  (table) => [index('incidents_key_last_at').on(table.key, table.lastAt.desc())],
);

/** Alerts that wait for JetStream; a row goes when the stream has acknowledged it. */
export const outbox = pgTable('outbox', {
  seq: bigserial('seq', { mode: 'number' }).primaryKey(),
  incidentId: text('incident_id').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

/** Messages that could not be decoded: kept with the reason, never blocking. */
export const quarantine = pgTable('quarantine', {
  seq: bigserial('seq', { mode: 'number' }).primaryKey(),
  /** Of the message and, for one event of a batch, its index: the same message again adds no row. */
  id: text('id').notNull().unique(),
  subject: text('subject').notNull(),
  reason: text('reason').notNull(),
  /** At most 64 KiB of the payload, base64. */
  payload: text('payload').notNull(),
  payloadBytes: integer('payload_bytes').notNull(),
  receivedAt: instant('received_at').notNull().defaultNow(),
  seen: boolean('seen').notNull().default(false),
});

/**
 * Things that only one of several processes may do: post an alert, answer a Slack event.
 * Claimed under a lease by one atomic statement; `value` is set when it is done.
 */
export const claims = pgTable('claims', {
  key: text('key').primaryKey(),
  holder: text('holder').notNull(),
  leaseUntil: instant('lease_until').notNull(),
  value: jsonb('value'),
});
