import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a v1 controller is mounted, or the unified hierarchy for null. */
export function cgroupMount(controller: string | null): string {
  for (const line of readFileSync('/proc/mounts', 'utf8').split('\n')) {
    const [, path, type, options = ''] = line.split(' ');
    if (!path) continue;
    if (controller === null ? type === 'cgroup2' : options.split(',').includes(controller))
      return path;
  }
  throw new Error(`no cgroup hierarchy is mounted for ${controller ?? 'cgroup2'}`);
}

/** Where memory cgroups are made: the controller of v1, or the unified hierarchy with it. */
export function memoryMount(): string {
  const unified = cgroupMount(null);
  if (!hasMemory(unified, 'cgroup.controllers')) return cgroupMount('memory');
  // systemd has done so where it runs.
  if (!hasMemory(unified, 'cgroup.subtree_control'))
    writeFileSync(join(unified, 'cgroup.subtree_control'), '+memory');
  return unified;
}

const hasMemory = (mount: string, file: string): boolean =>
  readFileSync(join(mount, file), 'utf8').split(/\s+/).includes('memory');

/** Limits the memory of a cgroup, of v1 or v2, swap included. */
export function limitMemory(path: string, bytes: number): void {
  const v1 = join(path, 'memory.limit_in_bytes');
  if (existsSync(v1)) {
    writeFileSync(v1, String(bytes));
    return;
  }
  writeFileSync(join(path, 'memory.max'), String(bytes));
  const swap = join(path, 'memory.swap.max');
  if (existsSync(swap)) writeFileSync(swap, '0');
}

/** Runs `body` with a fresh cgroup of a hierarchy, and removes it. */
export async function withCgroup(
  mount: string,
  body: (path: string, name: string) => Promise<void>,
  name = `coroner-probe-${process.pid}`,
): Promise<void> {
  const path = join(mount, name);
  mkdirSync(path);
  try {
    await body(path, name);
  } finally {
    for (;;) {
      try {
        rmdirSync(path);
        break;
      } catch {
        // Its last process is not reaped yet.
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  }
}
