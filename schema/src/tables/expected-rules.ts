import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { NewExpectedRule } from '../http/expected.ts';
import { instant } from './instant.ts';

/** Deaths that somebody announced; a removed rule stays, for what it explained stays explained. */
export const expectedRules = pgTable(
  'expected_rules',
  {
    id: text('id').primaryKey(),
    /** What it selects, and why. */
    rule: jsonb('rule').$type<Omit<NewExpectedRule, 'id' | 'from' | 'until'>>().notNull(),
    fromAt: instant('from_at').notNull(),
    untilAt: instant('until_at').notNull(),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    removedAt: instant('removed_at'),
  },
  (table) => [index('expected_rules_until_at').on(table.untilAt)],
);
