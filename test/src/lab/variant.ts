import type { Cause } from '@coroner/schema/cause';
import type { Confidence } from '@coroner/schema/confidence';
import type { Lab } from './lab.ts';

/** What really happened, known to the laboratory because it did it. */
export interface Truth {
  /** Pid of the victim in the initial namespace. */
  pid: number;
  /** Who did it: nobody, the victim itself, or the process with this pid. */
  actor: null | 'self' | number;
  /** The actor's name at the moment when it did it, where it has another one since. */
  actorName?: string;
  /** The actor asked somebody else for it: it is named when its command has ended, after the victim. */
  asked?: boolean;
}

/** One way to die. */
export interface Variant {
  cause: Cause;
  name: string;
  /** The most that the evidence of this machine can give; `proven` unless it says otherwise. */
  confidence?: Confidence;
  /** Causes the death for real, and waits until the victim is gone. */
  run(lab: Lab): Promise<Truth>;
}
