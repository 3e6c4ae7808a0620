import { readFileSync } from 'node:fs';

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
