import { z } from 'zod';
import { Instant } from '../time.ts';

export const longestLeaseSeconds = 3600;

/**
 * `POST /v1/claims`: may I do this? Granted when nobody did it or is doing it: no claim under `key`,
 * or one without a `value` whose lease has run out, or one of the same holder. One atomic statement.
 */
export const ClaimRequest = z.object({
  /** `slack-event:<event_id>`, `alert:<incident>:<channel>`. */
  key: z.string().min(1).max(512),
  /** The process that asks; unique for each start of it. */
  holder: z.string().min(1).max(128),
  leaseSeconds: z.number().int().min(1).max(longestLeaseSeconds),
  /** What whoever takes it over has to know; without it, it stays as it was. */
  about: z.unknown().optional(),
});
export type ClaimRequest = z.infer<typeof ClaimRequest>;

export const Claim = z.object({
  key: z.string(),
  holder: z.string(),
  leaseUntil: Instant,
  /** What its holder stored when it was done, such as `{channel, ts, revision}`; null while under way. */
  value: z.unknown().nullable(),
  about: z.unknown().optional(),
  /** Somebody else held it before and was not done: what it is for may have happened. */
  takenOver: z.boolean().default(false),
});
export type Claim = z.infer<typeof Claim>;

export const ClaimResponse = z.object({ granted: z.boolean(), claim: Claim });
export type ClaimResponse = z.infer<typeof ClaimResponse>;

/** `PUT /v1/claims`: it is done, and this is what came of it; 409 when somebody else holds the claim. */
export const ClaimDone = z.object({
  key: z.string().min(1).max(512),
  holder: z.string().min(1).max(128),
  value: z.unknown(),
});
export type ClaimDone = z.infer<typeof ClaimDone>;

/** `GET /v1/claims/open?prefix=`: what is not done, and whose holder is gone; the longest waiting first. */
export const OpenClaimsQuery = z.strictObject({
  prefix: z.string().max(128).default(''),
  limit: z.coerce.number<number>().int().min(1).max(500).default(100),
});
export const OpenClaims = z.object({ items: z.array(Claim) });
