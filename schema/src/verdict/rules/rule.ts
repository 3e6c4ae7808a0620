import type { Cause } from '../../cause.ts';
import type { Confidence } from '../../confidence.ts';
import type { Event } from '../../event/event.ts';
import type { RuledOut } from '../../http/answer.ts';
import type { Process } from '../../process.ts';
import type { Facts } from '../facts/facts.ts';

/** What a rule found. */
export interface Finding {
  cause: Cause;
  confidence: Confidence;
  /** Completes "nginx (pid 4121) on web-3 …"; `{actor}` stands for the actor's command and who ran it. */
  clause: string;
  /** Stands in the place of "nginx (pid 4121) on web-3". */
  subject?: string;
  /** Who did it: a process, the victim itself, or nobody. */
  actor: Process | null;
  /** That it was this actor, where that is less sure than the cause. */
  actorConfidence?: Confidence;
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
  /** Causes that this death could be taken for, and why they are not it. */
  ruledOut?(facts: Facts): readonly RuledOut[];
}
