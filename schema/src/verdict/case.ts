import type { DeathEvent } from '../event/death.ts';
import type { Event } from '../event/event.ts';
import type { Answer } from '../http/answer.ts';
import type { Fleet } from './origin/fleet.ts';

/** A source of evidence, as the agent of the host told of it. */
export interface WatchedSource {
  source: string;
  state: 'available' | 'degraded' | 'missing' | 'off';
}

/** Everything that is known around one death. */
export interface Case {
  host: string;
  bootId: string;
  death: DeathEvent;
  /** Other events of the same host in the window around the death, any order. */
  evidence: readonly Event[];
  /** What could not be seen, in words. */
  gaps: readonly string[];
  /** What was read on the host then: where nothing is known of that, no silence says anything. */
  sources?: readonly WatchedSource[];
  /** When it died by the hub's clock, where the host's clock says another time. */
  happenedAt?: string | null;
  /** Whose addresses people came from. */
  fleet?: Fleet;
}

/** An Answer without what only the fleet's history knows, and the key that joins deaths of one actor. */
export interface Judgement {
  answer: Omit<Answer, 'related' | 'others' | 'revision' | 'revisions'>;
  /** Equal for deaths by the same process; null when nobody did it, or nobody can be named. */
  actorKey: string | null;
}
