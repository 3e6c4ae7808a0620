import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stage } from '../actor-process.ts';
import type { Lab } from '../lab.ts';
import type { Variant } from '../variant.ts';

const limitBytes = 64 * 1024 * 1024;
const memoryRoot = '/sys/fs/cgroup/memory';
const unifiedRoots = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'];

const unifiedRoot = (): string => {
  const root = unifiedRoots.find((path) => existsSync(join(path, 'cgroup.controllers')));
  if (!root)
    throw new Error(
      'no cgroup2 hierarchy is mounted: mount -t cgroup2 none /sys/fs/cgroup/unified',
    );
  return root;
};

/** Runs `act` with a cgroup that is removed afterwards. */
async function inCgroup<Result>(
  path: string,
  act: (path: string) => Promise<Result>,
): Promise<Result> {
  mkdirSync(path, { recursive: true });
  try {
    return await act(path);
  } finally {
    rmdirSync(path);
  }
}

const name = (lab: Lab): string => lab.nextVictim().split('/').at(-1) ?? 'lab';

const memoryLimit: Variant = {
  cause: 'oom-cgroup',
  name: 'memory limit of a cgroup v1',
  run: (lab) =>
    inCgroup(join(memoryRoot, name(lab)), async (path) => {
      writeFileSync(join(path, 'memory.limit_in_bytes'), String(limitBytes));
      const victim = await lab.victim('fill');
      writeFileSync(join(path, 'cgroup.procs'), String(victim.pid));
      victim.go();
      await victim.gone;
      return { pid: victim.pid, actor: null };
    }),
};

const innocentMate: Variant = {
  cause: 'oom-cgroup',
  name: 'the larger of two in a cgroup, while the smaller allocates',
  run: (lab) =>
    inCgroup(join(memoryRoot, name(lab)), async (path) => {
      writeFileSync(join(path, 'memory.limit_in_bytes'), String(limitBytes));
      const [victim, mate] = [await lab.victim('fill'), await lab.victim('fill')];
      writeFileSync(`/proc/${victim.pid}/oom_score_adj`, '1000');
      for (const { pid } of [victim, mate]) writeFileSync(join(path, 'cgroup.procs'), String(pid));
      victim.go();
      mate.go();
      await victim.gone;
      mate.child.kill('SIGKILL');
      await mate.gone;
      return { pid: victim.pid, actor: null };
    }),
};

const cgroupKill: Variant = {
  cause: 'cgroup-kill',
  name: 'cgroup.kill written by a shell',
  run: (lab) =>
    inCgroup(join(unifiedRoot(), name(lab)), async (path) => {
      const victim = await lab.victim('sleep');
      writeFileSync(join(path, 'cgroup.procs'), String(victim.pid));
      const shell = await stage('sh', ['-c', `echo 1 > ${path}/cgroup.kill`]);
      await Promise.all([victim.gone, shell.gone]);
      await lab.untilGone(victim.pid);
      return { pid: victim.pid, actor: shell.pid };
    }),
};

export const cgroupVariants: readonly Variant[] = [memoryLimit, innocentMate, cgroupKill];
