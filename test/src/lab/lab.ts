import { existsSync } from 'node:fs';
import { readyPid, type Staged, stage } from './actor-process.ts';
import type { Programs } from './programs.ts';

const goneWithinMs = 120_000;

/** The stage on which deaths are caused. */
export interface Lab {
  programs: Programs;
  /** A victim that is ready: its end is named by `how` (programs/victim.c). */
  victim(how: string, ...args: string[]): Promise<Staged>;
  /** Path of the victim under the next unused name. */
  nextVictim(): string;
  /** Waits until no process has that pid. */
  untilGone(pid: number): Promise<void>;
}

/** `prefix` names this run's victims: `lab-0`, `lab-1` … */
export function openLab(programs: Programs, prefix: string): Lab {
  let count = 0;
  const nextVictim = (): string => {
    count += 1;
    return programs.victimNamed(`${prefix}-${count}`);
  };
  return {
    programs,
    nextVictim,
    async victim(how, ...args) {
      const staged = await stage(nextVictim(), [how, ...args]);
      await readyPid(staged);
      return staged;
    },
    async untilGone(pid) {
      const deadline = Date.now() + goneWithinMs;
      while (existsSync(`/proc/${pid}`)) {
        if (Date.now() > deadline)
          throw new Error(`pid ${pid} did not end within ${goneWithinMs} ms`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
}
