import type { OriginStep } from '../../http/origin-step.ts';
import type { Ancestor } from '../../process.ts';

const becomers: ReadonlySet<string> = new Set([
  'sudo',
  'su',
  'doas',
  'runuser',
  'pkexec',
  'sudo-rs',
  'calife',
  'dzdo',
  'pbrun',
]);

export const isBecomer = ({ comm }: Ancestor): boolean => becomers.has(comm);

/**
 * Who became whom, by sudo and its like, from the root down. A sudo that watches over a terminal of
 * its own is two processes and one step; one that leaves its user as it is, is none.
 */
export function becomings(lineage: readonly Ancestor[]): OriginStep[] {
  const down = lineage.toReversed();
  const steps: OriginStep[] = [];
  for (const [index, ancestor] of down.entries()) {
    const before = down[index - 1];
    if (!isBecomer(ancestor) || before?.comm === ancestor.comm) continue;
    const after = down.slice(index).find(({ comm }) => comm !== ancestor.comm);
    // The process that became somebody is the actor itself: then nobody runs below it.
    if (!after) continue;
    const from = before && isBecomer(before) ? (steps.at(-1)?.to ?? null) : userOf(before);
    const to = changesItsOwn.has(after.comm) ? null : userOf(after);
    if (from !== null && from === to) continue;
    steps.push({ type: 'became-user', name: ancestor.comm, pid: ancestor.pid, from, to });
  }
  return steps;
}

/** These give up the user who called them before they run anything; su and doas keep it. */
const changesItsOwn: ReadonlySet<string> = new Set(['sudo', 'sudo-rs', 'pkexec']);

/** By name, else by number. */
function userOf(process: Ancestor | undefined): string | null {
  if (!process) return null;
  return process.user ?? (typeof process.uid === 'number' ? `uid ${process.uid}` : null);
}
