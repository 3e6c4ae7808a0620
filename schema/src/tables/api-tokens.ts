import { sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import type { Scope } from '../http/tokens.ts';
import { instant } from './instant.ts';

/** Tokens of the API. One that has ended stays for a time: the audit log names it. */
export const apiTokens = pgTable('api_tokens', {
  id: text('id').primaryKey(),
  /** SHA-256 in hex; a secret of 256 random bits needs no slower hash. */
  secretHash: text('secret_hash').notNull(),
  name: text('name').notNull(),
  scope: text('scope').$type<Scope>().notNull(),
  createdAt: instant('created_at').notNull().default(sql`now()`),
  createdBy: text('created_by').notNull(),
  expiresAt: instant('expires_at'),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
});
