import { sql } from 'drizzle-orm';
import { bigserial, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { ActionKind, IncidentStatus } from '../http/actions.ts';
import { instant } from './instant.ts';

/** What people did about incidents, and what the hub did by itself, in the order in which it was done. */
export const incidentActions = pgTable(
  'incident_actions',
  {
    /** Chosen by whoever acts, so that a request may be repeated. */
    id: text('id').primaryKey(),
    seq: bigserial('seq', { mode: 'number' }).notNull(),
    incidentId: text('incident_id').notNull(),
    kind: text('kind').$type<ActionKind>().notNull(),
    /** Of the incident, after it. */
    status: text('status').$type<IncidentStatus>().notNull(),
    name: text('name').notNull(),
    slackUser: text('slack_user'),
    /** Name of the token by which it came; null for the hub itself. */
    token: text('token'),
    at: instant('at').notNull().default(sql`now()`),
    note: text('note'),
    untilAt: instant('until_at'),
  },
  (table) => [index('incident_actions_incident').on(table.incidentId, table.seq)],
);

/** Where an incident stands; one without a row is open. */
export const incidentStates = pgTable(
  'incident_states',
  {
    incidentId: text('incident_id').primaryKey(),
    status: text('status').$type<IncidentStatus>().notNull(),
    /** The action that led there. */
    actionId: text('action_id').notNull(),
    untilAt: instant('until_at'),
    /** Deaths that nobody expected, and hosts, when it came there: it is seen by them whether it grew. */
    deaths: integer('deaths').notNull(),
    hosts: integer('hosts').notNull(),
  },
  (table) => [index('incident_states_until_at').on(table.untilAt).where(sql`status = 'snoozed'`)],
);
