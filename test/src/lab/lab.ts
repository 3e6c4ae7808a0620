import { basename, join } from 'node:path';
import { bootMachine, type Machine } from './stage/machine.ts';
import { pidNamed } from './stage/processes.ts';
import type { Programs } from './stage/programs.ts';
import { endAll, readyPid, type Staged, stage } from './stage/staged.ts';

/** The stage on which deaths are caused. */
export interface Lab {
  programs: Programs;
  /** A name that no other process has. */
  nextName(): string;
  /** Path of the victim under the next name. */
  nextVictim(): string;
  /** A victim that is ready: its end is named by `how` (programs/victim). */
  victim(how: string, ...args: string[]): Promise<Staged>;
  /** The same, started by another command; its pid is that of the victim. */
  victimUnder(command: readonly string[], how: string): Promise<Staged>;
  /** A sender (programs/sender.c), started by another command, that waits for its `go`. */
  senderUnder(command: readonly string[], how: string, ...args: string[]): Promise<Staged>;
  /** A systemd in a container, booted for whoever asks first. */
  machine(): Promise<Machine>;
  close(): Promise<void>;
}

/** `prefix` names this run's processes: `lab-1`, `lab-2` … */
export function openLab(programs: Programs, prefix: string): Lab {
  let count = 0;
  let machine: Promise<Machine> | null = null;
  const nextName = (): string => {
    count += 1;
    return `${prefix}-${count}`;
  };
  const nextVictim = (): string => programs.named('victim', nextName());
  return {
    programs,
    nextName,
    nextVictim,
    victim: (how, ...args) => ready([nextVictim(), how, ...args]),
    victimUnder: (command, how) => readyUnder(command, nextVictim(), [how]),
    senderUnder: (command, ...args) =>
      readyUnder(command, programs.named('sender', nextName()), ['wait', ...args]),
    machine() {
      machine ??= bootMachine(join(programs.folder, 'machine'), nextName());
      return machine;
    },
    async close() {
      try {
        await (await machine)?.stop();
      } finally {
        endAll();
        programs.remove();
      }
    },
  };
}

async function ready([command = '', ...args]: readonly string[]): Promise<Staged> {
  const staged = await stage(command, args);
  await readyPid(staged);
  return staged;
}

async function readyUnder(
  command: readonly string[],
  program: string,
  args: readonly string[],
): Promise<Staged> {
  const staged = await ready([...command, program, ...args]);
  return { ...staged, pid: await pidNamed(basename(program)) };
}
