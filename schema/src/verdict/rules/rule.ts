import type { Cause } from '../../cause.ts';
import type { Confidence } from '../../confidence.ts';
import type { Event } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import type { Facts } from '../facts/facts.ts';

/** What a rule found. */
export interface Finding {
  cause: Cause;
  confidence: Confidence;
  /** Completes "nginx (pid 4121) on web-3 …"; `{actor}` stands for the actor's command and who ran it. */
  clause: string;
  /** Who did it: a process, the victim itself, or nobody. */
  actor: Process | null;
  /** Events beside the death itself that it rests on. */
  cites?: readonly Event[];
  advice?: readonly string[];
}

/**
 * One cause, or a few that one fingerprint tells apart. Rules are asked in order and the first
 * finding wins, so a more specific cause stands before a more general one.
 */
export interface Rule {
  find(facts: Facts): Finding | null;
  /** Why this cause, which could look like this death, is not it; null when nobody would think of it. */
  ruledOut?(facts: Facts): { cause: Cause; because: string } | null;
}
