import { mkdirSync, readFileSync, rmdirSync } from 'node:fs';
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
