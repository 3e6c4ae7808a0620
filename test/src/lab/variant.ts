import type { Cause } from '@coroner/schema/cause';
import type { Lab } from './lab.ts';

/** What really happened, known to the laboratory because it did it. */
export interface Truth {
  /** Pid of the victim in the initial namespace. */
  pid: number;
  /** Who did it: nobody, the victim itself, or the process with this pid. */
  actor: null | 'self' | number;
}

/** One way to die. */
export interface Variant {
  cause: Cause;
  name: string;
  /** Causes the death for real, and waits until the victim is gone. */
  run(lab: Lab): Promise<Truth>;
}
