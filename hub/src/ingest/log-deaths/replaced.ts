import type { LogOnlyDeath, Recorded } from '../../store/deaths/replace-log-deaths.ts';

/** A death that a record tells of. */
export interface RecordedDeath extends Recorded {
  id: string;
  signal: string | null;
  /** How many threads it had; null when not known. */
  threads: number | null;
}

export interface Pair<Death> {
  old: LogOnlyDeath;
  recorded: Death;
}

/** A fault line is written when the fault happens, a death when its core is. */
const faultWithinMs = 10_000;

/**
 * Which deaths of logs are the same as recorded ones: by pid, by the unit where the log named no
 * process, and a fault of a thread, whose number the line has, by the name of the program.
 */
export function replacedBy<Death extends RecordedDeath>(
  recorded: readonly Death[],
  ofLogs: readonly LogOnlyDeath[],
): Pair<Death>[] {
  const pairs: Pair<Death>[] = [];
  const left = new Set(ofLogs);
  const pair = (old: LogOnlyDeath, death: Death) => {
    left.delete(old);
    pairs.push({ old, recorded: death });
  };
  for (const death of recorded)
    for (const old of [...left]) if (isByNumber(old, death)) pair(old, death);
  for (const death of recorded) {
    if (pairs.some((known) => known.recorded === death && isFault(known.old))) continue;
    const [nearest] = [...left]
      .filter((old) => isFaultOfThread(old, death))
      .sort((a, b) => apartMs(a, death) - apartMs(b, death));
    if (nearest) pair(nearest, death);
  }
  return pairs;
}

function isByNumber(old: LogOnlyDeath, { host, pid, unit }: RecordedDeath): boolean {
  if (old.host !== host) return false;
  return old.pid === pid || (old.pid === 0 && old.unit !== null && old.unit === unit);
}

const isFault = ({ answer }: LogOnlyDeath): boolean =>
  answer.evidence.some(({ kind }) => kind === 'crash');

/** What else told of it knows the process, which then is another one. */
const namesProcess: ReadonlySet<string> = new Set([
  ...['coredump', 'abnormal-end', 'reported-end', 'process-accounting', 'oom-kill'],
]);

function isFaultOfThread(old: LogOnlyDeath, death: RecordedDeath): boolean {
  return (
    isFault(old) &&
    death.threads !== 1 &&
    old.host === death.host &&
    old.comm === death.comm &&
    old.answer.death.signal === death.signal &&
    apartMs(old, death) <= faultWithinMs &&
    !old.answer.evidence.some(({ kind }) => namesProcess.has(kind))
  );
}

const apartMs = (old: LogOnlyDeath, { diedAt }: RecordedDeath): number =>
  Math.abs(Date.parse(old.diedAt) - Date.parse(diedAt));
