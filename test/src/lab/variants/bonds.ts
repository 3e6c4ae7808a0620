import { onlyChild, untilGone, untilState } from '../stage/processes.ts';
import { readyPid, runToEnd, stage } from '../stage/staged.ts';
import type { Variant } from '../variant.ts';

/** The victim dies because a process that it is bound to ends. */
const bond = (how: string, name: string, victim = 'sleep'): Variant => ({
  cause: 'parent-died',
  name,
  async run(lab) {
    const parent = await stage(lab.programs.path('bond'), [how, lab.nextVictim(), victim]);
    const pid = await readyPid(parent);
    parent.go();
    await parent.gone;
    await untilGone(pid);
    return { pid, actor: parent.pid };
  },
});

const belowInit = async (lab: Parameters<Variant['run']>[0], how: string) => {
  const outer = await stage(lab.programs.path('bond'), [how, lab.nextVictim(), 'sleep']);
  await readyPid(outer);
  const init = onlyChild(outer.pid);
  return { outer, init, pid: onlyChild(init) };
};

export const bondVariants: readonly Variant[] = [
  bond('death-signal', 'death signal of its parent'),
  bond('death-signal-term', 'death signal SIGTERM'),
  bond('death-signal-term', 'death signal SIGTERM, which it catches', 'catch-term'),
  bond('death-signal-thread', 'death signal of a thread of its parent, which lives on'),
  bond('trace', 'tracer that takes it along'),
  {
    cause: 'parent-died',
    name: 'init of its pid namespace',
    async run(lab) {
      const { outer, init, pid } = await belowInit(lab, 'namespace');
      outer.go();
      await outer.gone;
      await untilGone(pid);
      return { pid, actor: init };
    },
  },
  {
    cause: 'parent-died',
    name: 'init of its pid namespace, which was killed',
    async run(lab) {
      const { outer, init, pid } = await belowInit(lab, 'namespace-killed');
      await runToEnd('/bin/kill', ['-KILL', String(init)]);
      await outer.gone;
      await untilGone(pid);
      return { pid, actor: init };
    },
  },
  {
    cause: 'hangup',
    name: 'a stopped process group that lost its last parent',
    async run(lab) {
      const parent = await stage(lab.programs.path('bond'), ['orphan', lab.nextVictim(), 'sleep']);
      const pid = await readyPid(parent);
      await runToEnd('/bin/kill', ['-STOP', String(pid)]);
      await untilState(pid, 'T');
      parent.go();
      await parent.gone;
      await untilGone(pid);
      return { pid, actor: null };
    },
  },
];
