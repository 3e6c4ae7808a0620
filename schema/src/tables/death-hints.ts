import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';

/** Events of logs that may be all that is known of a death; a row goes when it was looked at. */
export const deathHints = pgTable(
  'death_hints',
  {
    eventId: text('event_id').primaryKey(),
    /** A probe's record of the same death has until then to arrive. */
    dueAt: instant('due_at').notNull(),
  },
  (table) => [index('death_hints_due_at').on(table.dueAt)],
);
