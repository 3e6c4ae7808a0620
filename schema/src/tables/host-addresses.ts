import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';

/** Which host had which address, from when to when by the hub's clock. */
export const hostAddresses = pgTable(
  'host_addresses',
  {
    address: text('address').notNull(),
    host: text('host').notNull(),
    since: instant('since').notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.address, table.host] })],
);
