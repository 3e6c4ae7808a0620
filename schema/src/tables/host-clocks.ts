import { doublePrecision, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';

/**
 * One message of a host: when JetStream took it, and its sending by the host's wall clock and by
 * the time since its boot (null where it does not say), all in ms.
 */
export interface ClockSample {
  receivedMs: number;
  wallMs: number;
  bootMs: number | null;
}

/** What the hub knows of a host's clock, one row a boot. */
export const hostClocks = pgTable(
  'host_clocks',
  {
    host: text('host').notNull(),
    bootId: text('boot_id').notNull(),
    /** When it booted, by the hub's clock; null where no message told the time since boot. */
    bootedAt: instant('booted_at'),
    /** Its wall clock minus the hub's, positive when it is ahead; and how far that may be wrong. */
    offsetMs: doublePrecision('offset_ms').notNull(),
    errorMs: doublePrecision('error_ms').notNull(),
    measuredAt: instant('measured_at').notNull(),
    /** The newest, oldest first. */
    samples: jsonb('samples').$type<ClockSample[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.host, table.bootId] })],
);
