import type { Cause } from '@coroner/schema/cause';
import type { Confidence } from '@coroner/schema/confidence';
import type { Origin } from '@coroner/schema/http/answer';

/** What an origin has to say: these of its fields. */
type TrueOrigin = Pick<Origin, 'type'> & {
  user?: string;
  from?: string | null;
  file?: string;
  line?: number;
  name?: string;
};

/** What really happened to one process, written by hand. */
export interface Truth {
  host: string;
  /** 0 where the log that tells of it names no process. */
  pid: number;
  comm: string;
  /** What logs may call it: by the number of a thread, by the name of its unit. */
  aliases?: readonly { pid: number; comm: string }[];
  cause: Cause;
  /** What the whole evidence allows to say. */
  confidence: Confidence;
  /** Who did it, by pid; null when nobody did, or when the evidence names nobody. */
  actor: { pid: number; comm: string; user: string | null } | null;
  /** Of the actor; null when there is none. */
  origin: TrueOrigin | null;
  /** What stands between the origin and the actor, from the origin down: `became-user sudo`. */
  through?: readonly string[];
  /** The reason that somebody announced it with. */
  expected?: string;
  /** By its cron line it comes again at this time of that zone. */
  again?: { at: string; timeZone: string };
  /** What may be said of it too where the evidence that tells more is lost: less, but nothing false. */
  atLeast?: Pick<Truth, 'cause' | 'actor'> & Partial<Pick<Truth, 'origin'>>;
  /** Deaths with one label belong together; null: no incident. */
  incident: string | null;
}
