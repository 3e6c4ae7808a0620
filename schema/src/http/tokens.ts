import { z } from 'zod';
import { Instant } from '../time.ts';

/** `read`: every question; `act`: also claims, announcements, imports; `admin`: also tokens. Each has those before it. */
export const scopes = ['read', 'act', 'admin'] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;

const longestName = 100;

/** `POST /v1/tokens`. */
export const NewToken = z.strictObject({
  /** Whose or what for: shown in lists and in the audit log. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(longestName)
    .refine((name) => !name.includes('\0'), 'must not contain a NUL'),
  scope: Scope,
  /** Null: it never expires. */
  expiresAt: Instant.refine((text) => Date.parse(text) > Date.now(), 'lies in the past')
    .refine((text) => text < '2200', 'lies after the year 2200')
    .nullable(),
});
export type NewToken = z.infer<typeof NewToken>;

/** A token as lists show it; its secret is nowhere but with its owner. */
export const ApiToken = z.object({
  id: z.string(),
  name: z.string(),
  scope: Scope,
  state: z.enum(['valid', 'expired', 'revoked']),
  createdAt: Instant,
  /** Name of the token that created it. */
  createdBy: z.string(),
  expiresAt: Instant.nullable(),
  /** To the minute. */
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type ApiToken = z.infer<typeof ApiToken>;

/** The one time that a token is told. */
export const CreatedToken = ApiToken.extend({ token: z.string() });
export type CreatedToken = z.infer<typeof CreatedToken>;

export const ApiTokens = z.object({ items: z.array(ApiToken) });
