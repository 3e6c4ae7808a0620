import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunFile } from '@coroner/schema/run-file';
import type { ProcessIdentity } from '../process/identity.ts';
import { replaceFile } from './write-file.ts';

export interface RunRecord {
  /** A part has a new process. */
  started(part: string, process: ProcessIdentity): void;
  /** A part is given up. */
  ended(part: string): void;
  /** From now on run.json names what runs. */
  publish(addresses: Omit<RunFile, 'pids'>): void;
  remove(): void;
}

/**
 * What this start runs: `run.json` for those who want to reach it, once it is ready, and
 * `processes.json` with start times, for the next start after one that was killed.
 */
export function runRecord(stateDir: string, self: ProcessIdentity): RunRecord {
  const runFile = join(stateDir, 'run.json');
  const processFile = join(stateDir, 'processes.json');
  const processes: Record<string, ProcessIdentity> = { start: self };
  let addresses: Omit<RunFile, 'pids'> | null = null;
  const write = () => {
    replaceFile(processFile, `${JSON.stringify(processes, null, 2)}\n`);
    if (!addresses) return;
    const pids = Object.fromEntries(
      Object.entries(processes).map(([part, { pid }]) => [part, pid]),
    );
    const run: RunFile = { ...addresses, pids };
    replaceFile(runFile, `${JSON.stringify(run, null, 2)}\n`);
  };
  rmSync(runFile, { force: true });
  write();
  return {
    started(part, process) {
      processes[part] = process;
      write();
    },
    ended(part) {
      delete processes[part];
      write();
    },
    publish(where) {
      addresses = where;
      write();
    },
    remove() {
      rmSync(runFile, { force: true });
      rmSync(processFile, { force: true });
    },
  };
}
