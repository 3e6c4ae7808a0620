import { sql } from 'drizzle-orm';
import { bigserial, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';

/** Messages and single events that could not be stored: kept with the reason, never blocking. */
export const quarantine = pgTable(
  'quarantine',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    /** Of subject and payload: the same message again adds no row. */
    id: text('id').notNull().unique(),
    subject: text('subject').notNull(),
    reason: text('reason').notNull(),
    /** At most 64 KiB of the payload, base64. */
    payload: text('payload').notNull(),
    payloadBytes: integer('payload_bytes').notNull(),
    receivedAt: instant('received_at').notNull().default(sql`now()`),
  },
  (table) => [index('quarantine_received_at').on(table.receivedAt)],
);
