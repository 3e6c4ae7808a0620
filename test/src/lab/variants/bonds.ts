import { readFileSync } from 'node:fs';
import { readyPid, stage } from '../actor-process.ts';
import type { Variant } from '../variant.ts';

/** The victim dies because a process that it is bound to ends. */
const bond = (how: 'death-signal' | 'trace'): Variant => ({
  cause: 'parent-died',
  name: how,
  async run(lab) {
    const parent = await stage(lab.programs.path('bond'), [how, lab.nextVictim(), 'sleep']);
    const pid = await readyPid(parent);
    parent.go();
    await parent.gone;
    await lab.untilGone(pid);
    return { pid, actor: parent.pid };
  },
});

const onlyChild = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);

const namespaceInit: Variant = {
  cause: 'parent-died',
  name: 'init of its pid namespace',
  async run(lab) {
    const outer = await stage(lab.programs.path('bond'), ['namespace', lab.nextVictim(), 'sleep']);
    await readyPid(outer);
    const init = onlyChild(outer.pid);
    const pid = onlyChild(init);
    outer.go();
    await outer.gone;
    await lab.untilGone(pid);
    return { pid, actor: init };
  },
};

export const bondVariants: readonly Variant[] = [
  bond('death-signal'),
  bond('trace'),
  namespaceInit,
];
