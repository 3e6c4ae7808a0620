import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../lab.ts';
import { enter, inCgroup, unifiedRoot } from '../stage/cgroups.ts';
import { untilGone } from '../stage/processes.ts';
import { type Staged, stage } from '../stage/staged.ts';
import type { Variant } from '../variant.ts';

/** Somebody writes to the cgroup.kill of the victim's cgroup, or of one above it. */
const killed = (
  name: string,
  writer: (path: string, lab: Lab) => Promise<Staged>,
  below = '.',
): Variant => ({
  cause: 'cgroup-kill',
  name,
  run: (lab) =>
    inCgroup(join(unifiedRoot(), lab.nextName()), async (path) => {
      const own = join(path, below);
      mkdirSync(own, { recursive: true });
      const victim = await lab.victim('sleep');
      enter(own, victim.pid);
      const actor = await writer(path, lab);
      actor.go();
      await Promise.all([victim.gone, actor.gone]);
      await untilGone(victim.pid);
      return { pid: victim.pid, actor: actor.pid };
    }),
});

const byShell = (path: string): Promise<Staged> =>
  stage('sh', ['-c', `read line; echo 1 > ${path}/cgroup.kill`]);

export const cgroupKillVariants: readonly Variant[] = [
  killed('written by a shell', byShell),
  killed('written by a C program', (path, lab) => lab.senderUnder([], 'cgroup', path, '9')),
  killed('written by a C program below sudo', (path, lab) =>
    lab.senderUnder(['sudo', '-n'], 'cgroup', path, '9'),
  ),
  killed('of the cgroup above', byShell, 'inner/most'),
  killed('written by a process that traces it', (path, lab) =>
    lab.senderUnder([], 'cgroup-of-traced', path, '9'),
  ),
];
