import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';

/** Links that sign somebody in once; a used or old one stays for a time. */
export const signInLinks = pgTable('sign_in_links', {
  /** SHA-256 in hex. */
  codeHash: text('code_hash').primaryKey(),
  /** Whom it signs in. */
  name: text('name').notNull(),
  /** Where it leads. */
  path: text('path').notNull(),
  createdBy: text('created_by').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});
