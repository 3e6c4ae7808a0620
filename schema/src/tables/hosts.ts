import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Labels, SourceStatus } from '../wire/heartbeat.ts';
import { instant } from './instant.ts';

/** One row a host: its newest heartbeat. */
export const hosts = pgTable('hosts', {
  host: text('host').primaryKey(),
  bootId: text('boot_id'),
  kernel: text('kernel'),
  os: text('os'),
  agent: text('agent'),
  /** When JetStream took the newest heartbeat: the server's clock. */
  lastSeenAt: instant('last_seen_at'),
  /** When the agent sent it: the host's clock. */
  heartbeatAt: instant('heartbeat_at'),
  /** As its agent is configured. */
  labels: jsonb('labels').$type<Labels>().notNull().default({}),
  sources: jsonb('sources').$type<SourceStatus[]>().notNull().default([]),
});
