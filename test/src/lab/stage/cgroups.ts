import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { until } from '../../stack/until.ts';

const root = '/sys/fs/cgroup';
const hybridRoot = '/sys/fs/cgroup/unified';
/** Hierarchies of cgroup v1 in which a container gets cgroups of its own. */
const ownHierarchies = ['systemd', 'memory', 'pids', 'devices', 'cpu'];

/** Whether this host has cgroup v2 alone. */
export const isUnified = (): boolean => existsSync(join(root, 'cgroup.controllers'));

/** Where cgroups of the unified hierarchy are made. */
export const unifiedRoot = (): string => (isUnified() ? root : hybridRoot);

/** Runs `act` with a cgroup that is removed afterwards, with all below it. */
export async function inCgroup<Result>(
  path: string,
  act: (path: string) => Promise<Result>,
): Promise<Result> {
  mkdirSync(path, { recursive: true });
  try {
    return await act(path);
  } finally {
    await removeCgroup(path);
  }
}

/** Once the processes in it are gone. */
export async function removeCgroup(path: string): Promise<void> {
  for (const entry of readdirSync(path, { withFileTypes: true }))
    if (entry.isDirectory()) await removeCgroup(join(path, entry.name));
  await until(`${path} is empty`, () => readFileSync(join(path, 'cgroup.procs'), 'utf8') === '');
  // The kernel lets go of what just ended a little later.
  await until(`${path} is removed`, () => {
    try {
      rmdirSync(path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EBUSY') return false;
      throw error;
    }
  });
}

export function enter(path: string, pid: number): void {
  writeFileSync(join(path, 'cgroup.procs'), String(pid));
}

/** Makes a cgroup of this name in each hierarchy; their paths. */
export function cgroupsNamed(name: string): string[] {
  const hierarchies = isUnified()
    ? [root]
    : [hybridRoot, ...ownHierarchies.map((one) => join(root, one))].filter(existsSync);
  const paths = hierarchies.map((hierarchy) => join(hierarchy, name));
  for (const path of paths) mkdirSync(path, { recursive: true });
  return paths;
}
