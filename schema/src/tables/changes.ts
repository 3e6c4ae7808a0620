import { sql } from 'drizzle-orm';
import { bigserial, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';

/** What was committed, numbered in the order of the commits; kept for a day. */
export const changes = pgTable('changes', {
  seq: bigserial('seq', { mode: 'number' }).primaryKey(),
  kind: text('kind').$type<'death' | 'incident'>().notNull(),
  subjectId: text('subject_id').notNull(),
  changedAt: instant('changed_at').notNull().default(sql`now()`),
});
