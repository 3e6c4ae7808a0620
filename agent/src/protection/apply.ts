import { writeFileSync } from 'node:fs';
import { procText, startOf } from '../procfs/process.ts';
import type { Change } from './plan.ts';
import type { Policy } from './policy.ts';

const capSysResource = 24n;

/** Why this policy cannot be applied here; null when it can. Lowering needs CAP_SYS_RESOURCE, raising does not. */
export function refusal(policy: Policy): string | null {
  const lowering = policy.filter(({ oomScoreAdj }) => oomScoreAdj < 0);
  if (lowering.length === 0 || maySetNegative()) return null;
  const named = lowering.map(
    ({ process, unit, oomScoreAdj }) => `${process ?? unit} ${oomScoreAdj}`,
  );
  return `no permission for a negative oom_score_adj (${named.join(', ')}): run as root with CAP_SYS_RESOURCE, or with AmbientCapabilities=CAP_SYS_RESOURCE in the unit; nothing was changed`;
}

function maySetNegative(): boolean {
  const status = procText('/proc/self/status') ?? '';
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  return ((effective >> capSysResource) & 1n) === 1n;
}

/**
 * Makes a change to the process that was looked at, and to no later owner of its pid. False when it
 * is gone; throws when the kernel refuses.
 */
export function apply(change: Change, startUs: number): boolean {
  if (startOf(change.pid) !== startUs) return false;
  try {
    writeFileSync(`/proc/${change.pid}/oom_score_adj`, String(change.to));
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return false;
    throw new Error(
      `oom_score_adj of ${change.comm} (pid ${change.pid}) stays ${change.from}: ${message}`,
    );
  }
}
