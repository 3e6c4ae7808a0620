import { boolean, pgTable } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';

/** One row: when a hub last looked at Postgres's clock, and since when that goes on without a jump. */
export const steadyClock = pgTable('steady_clock', {
  id: boolean('id').primaryKey(),
  seenAt: instant('seen_at').notNull(),
  since: instant('since').notNull(),
});
