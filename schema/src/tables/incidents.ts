import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Cause } from '../cause.ts';
import type { IncidentStatus } from '../http/actions.ts';
import { instant } from './instant.ts';

/** Deaths that belong together: one alert, one thread. */
export const incidents = pgTable(
  'incidents',
  {
    id: text('id').primaryKey(),
    title: text('title').notNull(),
    cause: text('cause').$type<Cause>().notNull(),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
    deaths: integer('deaths').notNull(),
    hosts: text('hosts').array().notNull(),
    revision: integer('revision').notNull().default(1),
    /** The first death: it stands for all. */
    deathId: text('death_id').notNull(),
    publishedAt: instant('published_at'),
    /** The earlier incident that this one turned out to be part of. */
    mergedInto: text('merged_into'),
    /** Evidence that came later took all deaths out of it; `deathId` is one of them. */
    withdrawn: boolean('withdrawn').notNull().default(false),
    /** The same as in `incident_states`, for lists. */
    status: text('status').$type<IncidentStatus>().notNull().default('open'),
  },
  (table) => [
    index('incidents_last_at').on(table.lastAt.desc(), table.id.desc()),
    index('incidents_status_last_at').on(table.status, table.lastAt.desc(), table.id.desc()),
    index('incidents_merged_into').on(table.mergedInto).where(sql`merged_into is not null`),
  ],
);

/** What joins a death to an incident: the same actor, the same command, the same cgroup that ran out of memory. */
export const incidentKeys = pgTable(
  'incident_keys',
  {
    key: text('key').notNull(),
    incidentId: text('incident_id').notNull(),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.key, table.incidentId] }),
    index('incident_keys_incident').on(table.incidentId),
    index('incident_keys_key_last_at').on(table.key, table.lastAt),
  ],
);

/** Incidents whose newest revision waits for JetStream; a row goes when the stream has acknowledged it. */
export const outbox = pgTable(
  'outbox',
  {
    incidentId: text('incident_id').primaryKey(),
    revision: integer('revision').notNull(),
    /** Not before: publications of one incident are at least half a second apart. */
    dueAt: instant('due_at').notNull(),
    /** A hub is publishing it until then. */
    leaseUntil: instant('lease_until'),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  (table) => [index('outbox_due_at').on(table.dueAt)],
);
