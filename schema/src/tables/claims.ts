import { sql } from 'drizzle-orm';
import { boolean, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';

/**
 * Things that only one of several processes may do: post an alert, answer a Slack event.
 * Claimed under a lease by one atomic statement; `value` is set when it is done.
 */
export const claims = pgTable(
  'claims',
  {
    key: text('key').primaryKey(),
    holder: text('holder').notNull(),
    leaseUntil: instant('lease_until').notNull(),
    value: jsonb('value'),
    /** What whoever takes it over has to know. */
    about: jsonb('about'),
    /** Somebody else held it before and was not done. */
    takenOver: boolean('taken_over').notNull().default(false),
    /** Taken last, or done. */
    claimedAt: instant('claimed_at').notNull().default(sql`now()`),
  },
  (table) => [
    index('claims_open').on(table.leaseUntil).where(sql`${table.value} is null`),
    index('claims_claimed_at').on(table.claimedAt),
  ],
);
