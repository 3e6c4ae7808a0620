import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enter, isUnified, removeCgroup, unifiedRoot } from '../../lab/stage/cgroups.ts';

/** Short: who holds a lock and has used its share up keeps others waiting for so long. */
const periodUs = 10_000;
const v1Root = '/sys/fs/cgroup/cpu';
let made = 0;

/**
 * Gives a process at most this share of one processor, by a cgroup of its own (cpu.max, or
 * cpu.cfs_quota_us of version 1); the result removes it when the process is gone.
 */
export function limitProcessor(pid: number, share: number): () => Promise<void> {
  const quotaUs = Math.round(share * periodUs);
  const name = `coroner-bench-${process.pid}-${++made}`;
  const path = join(isUnified() ? unifiedRoot() : v1Root, name);
  if (isUnified()) writeFileSync(join(unifiedRoot(), 'cgroup.subtree_control'), '+cpu');
  mkdirSync(path);
  if (isUnified()) writeFileSync(join(path, 'cpu.max'), `${quotaUs} ${periodUs}`);
  else {
    writeFileSync(join(path, 'cpu.cfs_period_us'), `${periodUs}`);
    writeFileSync(join(path, 'cpu.cfs_quota_us'), `${quotaUs}`);
  }
  enter(path, pid);
  return () => removeCgroup(path);
}
