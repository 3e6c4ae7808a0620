import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { SourceStatus } from '../wire/heartbeat.ts';
import { instant } from './instant.ts';

/** What was watched on a host, since when by its own clock: a row for each change. */
export const hostWatches = pgTable(
  'host_watches',
  {
    host: text('host').notNull(),
    since: instant('since').notNull(),
    sources: jsonb('sources').$type<SourceStatus[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.host, table.since] })],
);
