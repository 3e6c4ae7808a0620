import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../lab.ts';
import { enter, inCgroup } from '../stage/cgroups.ts';
import { limitMemory, memoryRoot } from '../stage/memory-cgroups.ts';
import { untilGone } from '../stage/processes.ts';
import type { Staged } from '../stage/staged.ts';
import type { Variant } from '../variant.ts';

const limitBytes = 64 * 1024 * 1024;
const ownPids = ['unshare', '--pid', '--mount-proc', '--fork', '--kill-child'];

/** A memory cgroup of its own with a limit; the victim fills it. */
const filled = (
  name: string,
  make: (lab: Lab) => Promise<Staged>,
  cgroupOf: (limited: string) => string = (limited) => limited,
): Variant => ({
  cause: 'oom-cgroup',
  name,
  run: (lab) =>
    inCgroup(join(memoryRoot(), lab.nextName()), async (limited) => {
      limitMemory(limited, limitBytes);
      const path = cgroupOf(limited);
      mkdirSync(path, { recursive: true });
      const victim = await make(lab);
      enter(path, victim.pid);
      victim.go();
      await untilGone(victim.pid);
      return { pid: victim.pid, actor: null };
    }),
});

const innocentMate: Variant = {
  cause: 'oom-cgroup',
  name: 'the larger of two in a cgroup, while the smaller allocates',
  run: (lab) =>
    inCgroup(join(memoryRoot(), lab.nextName()), async (path) => {
      limitMemory(path, limitBytes);
      const [victim, mate] = [await lab.victim('fill'), await lab.victim('fill')];
      writeFileSync(`/proc/${victim.pid}/oom_score_adj`, '1000');
      for (const { pid } of [victim, mate]) enter(path, pid);
      victim.go();
      mate.go();
      await victim.gone;
      mate.child.kill('SIGKILL');
      await mate.gone;
      return { pid: victim.pid, actor: null };
    }),
};

export const memoryVariants: readonly Variant[] = [
  filled('memory limit of a cgroup', (lab) => lab.victim('fill')),
  filled('a thread reaches the limit', (lab) => lab.victim('fill-thread')),
  filled(
    'limit of a cgroup above its own',
    (lab) => lab.victim('fill'),
    (limited) => join(limited, 'inner'),
  ),
  filled('limit of a container', (lab) => lab.victimUnder(ownPids, 'fill')),
  innocentMate,
];
