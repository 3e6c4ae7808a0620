import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isUnified } from './cgroups.ts';

const v1Root = '/sys/fs/cgroup/memory';
const v2Root = '/sys/fs/cgroup';

/** Where memory cgroups are made: the controller of v1, or the unified hierarchy with it. */
export function memoryRoot(): string {
  if (!isUnified()) {
    if (existsSync(join(v1Root, 'memory.limit_in_bytes'))) return v1Root;
    throw new Error(`no memory cgroups: neither ${v1Root} nor cgroup v2 is mounted`);
  }
  const has = (file: string): boolean =>
    readFileSync(join(v2Root, file), 'utf8').split(/\s+/).includes('memory');
  if (!has('cgroup.controllers'))
    throw new Error(`${v2Root} has no memory controller: see cgroup_disable= of the kernel`);
  // systemd has done so where it runs.
  if (!has('cgroup.subtree_control'))
    writeFileSync(join(v2Root, 'cgroup.subtree_control'), '+memory');
  return v2Root;
}

/** Limits the memory of a cgroup, swap included. */
export function limitMemory(path: string, bytes: number): void {
  if (!isUnified()) {
    writeFileSync(join(path, 'memory.limit_in_bytes'), String(bytes));
    return;
  }
  writeFileSync(join(path, 'memory.max'), String(bytes));
  const swap = join(path, 'memory.swap.max');
  if (existsSync(swap)) writeFileSync(swap, '0');
}
