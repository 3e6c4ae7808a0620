import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { until } from '../../stack/until.ts';

const goneWithinMs = 60_000;

/** Pid in the initial namespace of the process with this name, which the laboratory gave to one only. */
export async function pidNamed(comm: string): Promise<number> {
  return until(`a process is named ${comm}`, () =>
    readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .map(Number)
      .find((pid) => nameOf(pid) === comm),
  );
}

function nameOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd();
  } catch {
    // It has ended meanwhile.
    return null;
  }
}

export const onlyChild = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);

/** Waits until no process has that pid. */
export async function untilGone(pid: number): Promise<void> {
  await until(`pid ${pid} has ended`, () => !existsSync(`/proc/${pid}`), goneWithinMs);
}

/** Waits until a process is in a state of proc(5): `T` stopped. */
export async function untilState(pid: number, state: string): Promise<void> {
  await until(`pid ${pid} is in state ${state}`, () =>
    readFileSync(`/proc/${pid}/stat`, 'utf8').includes(`) ${state} `),
  );
}
