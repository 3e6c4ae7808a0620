import { z } from 'zod';
import { Cause } from '../cause.ts';
import { Instant } from '../time.ts';
import { IncidentAction, IncidentState } from './actions.ts';
import { Answer } from './answer.ts';
import { DeathRow, pageOf } from './pages.ts';
import { TimelineItem } from './timeline.ts';

/** Deaths that belong together. */
export const IncidentRow = z.object({
  id: z.string(),
  title: z.string(),
  cause: Cause,
  firstAt: Instant,
  lastAt: Instant,
  /** 0 when it was withdrawn. */
  deaths: z.number().int().nonnegative(),
  hosts: z.array(z.string()),
  /** Grows with every change. */
  revision: z.number().int().positive(),
  /** The first death: `GET /v1/deaths/{id}`. */
  deathId: z.string(),
  /** The earlier incident that this one turned out to be part of. */
  mergedInto: z.string().nullable().optional(),
  /** Evidence that came later took all deaths out of it: it was none. */
  withdrawn: z.boolean().optional(),
  /** Where it stands, and by whose action. */
  state: IncidentState.optional(),
});
export type IncidentRow = z.infer<typeof IncidentRow>;

/** Names of victims with their counts, most first. */
export const Victims = z.array(z.object({ comm: z.string(), count: z.number().int().positive() }));
export type Victims = z.infer<typeof Victims>;

/** Whom and what an incident hit. */
export const BlastRadius = z.object({
  hosts: z.array(z.string()),
  units: z.array(z.string()),
  containers: z.array(z.string()),
  /** Owners of the victims. */
  users: z.array(z.string()),
});
export type BlastRadius = z.infer<typeof BlastRadius>;

/** One incident with its deaths, what happened around it, and the answer for its first death. */
export const IncidentDetail = IncidentRow.extend({
  victims: Victims,
  /** The answer for the first death: the first cause. */
  answer: Answer,
  blastRadius: BlastRadius,
  /** The first 200 deaths, oldest first; all of them: `GET /v1/deaths?incident=`. */
  members: z.array(DeathRow),
  /** Deaths, and what happened on its hosts from shortly before to shortly after; oldest first. */
  timeline: z.array(TimelineItem),
  /** What was done about it, oldest first; the last 200. */
  actions: z.array(IncidentAction).optional(),
});
export type IncidentDetail = z.infer<typeof IncidentDetail>;

export const IncidentPage = pageOf(IncidentRow);
export type IncidentPage = z.infer<typeof IncidentPage>;
