import { printedNumber, taskName } from '../printed.ts';
import type { Constraint } from './summary.ts';

/** What a "Killed process" line says; null = not printed. */
export interface KillLine {
  readonly pid: number;
  /** Null when the line was cut within the name; then `cutComm` has its start. */
  readonly comm: string | null;
  readonly cutComm: string | null;
  /** The line itself says which kind of memory ran out; `bare` is "Killed process" alone. */
  readonly scope: 'memcg' | 'global' | 'bare';
  /** What the words before it say of the limit; null where they name none. */
  readonly constraint: Constraint | null;
  readonly uid: number | null;
  readonly totalVmKb: number | null;
  readonly anonRssKb: number | null;
  readonly fileRssKb: number | null;
  readonly shmemRssKb: number | null;
  readonly pgtablesKb: number | null;
  readonly oomScoreAdj: number | null;
  /** The sizes that every kernel since 2.6.36 prints are there. */
  readonly complete: boolean;
}

/** `No available memory` of 2.6: a cpuset, or a memory policy. */
export const outOfMemory =
  '(Memory cgroup out of memory|Out of [Mm]emory|No available memory(?: in cpuset)?)(?: \\([\\w -]*\\))?: ';
const start = new RegExp(
  `^(?:${outOfMemory})?Killed process (\\d{1,10})(?:, UID (\\d+),)? \\((.*)$`,
  's',
);
/** From the fixed right end: the name may hold `)` and anything else. */
const withSizes = /^(.*)\)(?:, UID (\d+),)?,? ((?:total-vm|vsz):\d.*)$/s;
const withoutSizes = /^(.*)\)\.?$/s;
const cutAfterName = /^(.*)\)(?:, UID \d*,?)?[ ,]*(?:t[otal]*-?(?:vm?)?:?|vs?z?:?)?$/s;

/**
 * mm/oom_kill.c, every generation: `Out of Memory: Killed process 1 (a).` (2.6),
 * `Killed process 1 (a) vsz:…`, `Killed process 1, UID 48, (a) total-vm:…` (RHEL 6),
 * `Killed process 1 (a), UID 48, total-vm:…` (RHEL 7), `Out of memory: Killed process 1 (a)
 * total-vm:…kB, …, UID:0 pgtables:…kB oom_score_adj:0` (5.4 and later).
 */
export function killLine(text: string): KillLine | null {
  if (!text.includes('Killed process ')) return null;
  const match = start.exec(text);
  if (!match) return null;
  const [, prefix, pid, uidBefore, rest = ''] = match;
  const sized = withSizes.exec(rest);
  const named = sized ?? withoutSizes.exec(rest) ?? cutAfterName.exec(rest);
  const sizes = sized?.[3] ?? '';
  const comm = named ? taskName(named[1] ?? '') : null;
  const cutComm = named ? null : taskName(rest);
  if (comm === null && cutComm === null) return null;
  const fileRssKb = size(sizes, 'file-rss');
  return {
    pid: Number(pid),
    comm,
    cutComm,
    scope: prefix === undefined ? 'bare' : prefix.startsWith('Memory') ? 'memcg' : 'global',
    constraint: constraintOf(prefix),
    uid: printedNumber(/, UID:(\d+)\b/.exec(sizes)?.[1] ?? uidBefore ?? sized?.[2]),
    totalVmKb: size(sizes, 'total-vm') ?? size(sizes, 'vsz'),
    anonRssKb: size(sizes, 'anon-rss'),
    fileRssKb,
    shmemRssKb: size(sizes, 'shmem-rss'),
    pgtablesKb: size(sizes, 'pgtables'),
    oomScoreAdj: printedNumber(/\boom_score_adj:(-?\d+)/.exec(sizes)?.[1]),
    complete: fileRssKb !== null,
  };
}

/** What the words before the victim say of the limit that was hit. */
export function constraintOf(prefix: string | undefined): Constraint | null {
  if (prefix?.startsWith('Memory')) return 'memcg';
  if (!prefix?.startsWith('No available')) return null;
  return prefix.endsWith('cpuset') ? 'cpuset' : 'memory_policy';
}

function size(text: string, name: string): number | null {
  const at = text.indexOf(`${name}:`);
  return at < 0 ? null : printedNumber(/^(\d+)kB/.exec(text.slice(at + name.length + 1))?.[1]);
}
