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
    const after = down.slice(index).find((one) => !isBecomer(one));
    // The process that became somebody is the actor itself: then nobody runs below it.
    if (!after) continue;
    const from = before ? userOf(before) : null;
    const to = userOf(after);
    if (from !== null && from === to) continue;
    steps.push({ type: 'became-user', name: ancestor.comm, pid: ancestor.pid, from, to });
  }
  return steps;
}

/** By name, else by number; a process that is about to change its user has none. */
function userOf(ancestor: Ancestor): string | null {
  if (isBecomer(ancestor)) return null;
  return ancestor.user ?? (typeof ancestor.uid === 'number' ? `uid ${ancestor.uid}` : null);
}
