import { z } from 'zod';
import { Cause } from '../cause.ts';
import { Instant } from '../time.ts';
import { Answer } from './answer.ts';
import { pageOf } from './pages.ts';

/** Deaths that belong together. */
export const IncidentRow = z.object({
  id: z.string(),
  title: z.string(),
  cause: Cause,
  firstAt: Instant,
  lastAt: Instant,
  deaths: z.number().int().positive(),
  hosts: z.array(z.string()),
  /** Grows with every change. */
  revision: z.number().int().positive(),
  /** The first death: `GET /v1/deaths/{id}`. */
  deathId: z.string(),
});
export type IncidentRow = z.infer<typeof IncidentRow>;

/** Names of victims with their counts, most first. */
export const Victims = z.array(z.object({ comm: z.string(), count: z.number().int().positive() }));
export type Victims = z.infer<typeof Victims>;

/** One incident with the answer for its first death. */
export const IncidentDetail = IncidentRow.extend({ victims: Victims, answer: Answer });
export type IncidentDetail = z.infer<typeof IncidentDetail>;

export const IncidentPage = pageOf(IncidentRow);
export type IncidentPage = z.infer<typeof IncidentPage>;
