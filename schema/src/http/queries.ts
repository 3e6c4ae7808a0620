import { z } from 'zod';
import { Cause } from '../cause.ts';
import { Instant } from '../time.ts';

const Text = z.string().trim().min(1).max(512);

/** `GET /v1/why`: at least one of `process` and `pid`. */
export const WhyQuery = z.object({
  process: Text.optional(),
  host: Text.optional(),
  /** The newest death wins unless this says when; then the nearest to it. */
  at: Instant.optional(),
  pid: z.coerce.number().int().positive().optional(),
});
export type WhyQuery = z.infer<typeof WhyQuery>;

/** Filters of the lists. `cursor` is opaque: take it from the page before. */
export const ListQuery = z.object({
  host: Text.optional(),
  process: Text.optional(),
  cause: Cause.optional(),
  user: Text.optional(),
  since: Instant.optional(),
  until: Instant.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  cursor: Text.optional(),
});
export type ListQuery = z.infer<typeof ListQuery>;
