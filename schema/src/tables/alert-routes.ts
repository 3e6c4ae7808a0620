import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { AlertRouteBody } from '../http/alert-routes.ts';
import { instant } from './instant.ts';

/** Where alerts go, tried by `position` and then by age. */
export const alertRoutes = pgTable('alert_routes', {
  id: text('id').primaryKey(),
  route: jsonb('route').$type<Omit<AlertRouteBody, 'order'>>().notNull(),
  position: integer('position').notNull(),
  createdAt: instant('created_at').notNull().default(sql`now()`),
  updatedAt: instant('updated_at').notNull().default(sql`now()`),
});

/**
 * Where the card of an incident is, once it was released there, or will be: when quiet hours end
 * (`due_at`), or when more die (neither).
 */
export const alertDestinations = pgTable(
  'alert_destinations',
  {
    incidentId: text('incident_id').notNull(),
    /** Empty: the bot's own alert channel. */
    channel: text('channel').notNull(),
    routeId: text('route_id'),
    mentions: text('mentions').array().notNull(),
    dueAt: instant('due_at'),
    /** From then on for ever: a card that is there is kept true. */
    releasedAt: instant('released_at'),
  },
  (table) => [
    primaryKey({ columns: [table.incidentId, table.channel] }),
    index('alert_destinations_due_at')
      .on(table.dueAt)
      .where(sql`released_at is null and due_at is not null`),
  ],
);
