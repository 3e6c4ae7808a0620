import { z } from 'zod';
import { Instant } from '../time.ts';
import { Answer, Verdict } from './answer.ts';

/** What was answered before evidence changed it. */
export const Revision = z.object({
  revision: z.number().int().positive(),
  replacedAt: Instant,
  verdict: Verdict,
  /** Command line of the actor of that answer; null when there was none. */
  actor: z.array(z.string()).nullable(),
});
export type Revision = z.infer<typeof Revision>;

/** The newest answer for one death, and what it was before, oldest first. */
export const DeathDetail = Answer.extend({
  revision: z.number().int().positive(),
  history: z.array(Revision),
});
export type DeathDetail = z.infer<typeof DeathDetail>;
