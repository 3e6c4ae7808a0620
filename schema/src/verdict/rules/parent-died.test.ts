import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import { judge } from '../judge.ts';
import { aCase, aProcess, exited, kernelSignal, killedBy } from '../testing/case.ts';

const parent = aProcess({ pid: 70, comm: 'supervisor' });
const init = aProcess({ pid: 71, comm: 'init', innerPid: 1 });
const dying = (facts: object) => kernelSignal({ currentExiting: true, ...facts });
const bond = (signal: string) => dying({ signal, info: 'none', current: parent });

it.each<[string, DeathEvent, number, RegExp]>([
  ['a death signal', killedBy(bond('SIGKILL')), 70, /supervisor \(pid 70\), its parent/],
  ['a death signal that it caught', exited(0, bond('SIGTERM')), 70, /it caught the signal/],
  [
    'the init of its namespace',
    killedBy(dying({ current: init })),
    71,
    /the init of its pid namespace/,
  ],
  [
    'a tracer that takes it along',
    killedBy(dying({ current: parent, group: false })),
    70,
    /which traced it and was to take it along/,
  ],
])('%s', (_, death, actor, words) => {
  const { answer } = judge(aCase(death));
  expect(answer.verdict).toMatchObject({ cause: 'parent-died', confidence: 'proven' });
  expect(answer.verdict.summary).toMatch(words);
  expect(answer.actor?.pid).toBe(actor);
});

it.each<[string, DeathEvent, string]>([
  ['a dying process that is no init', killedBy(dying({ current: parent })), 'unknown'],
  [
    'a living process that wrote to cgroup.kill',
    killedBy(kernelSignal({ info: 'none', group: false, current: parent })),
    'cgroup-kill',
  ],
  ['an OOM kill', { ...killedBy(dying({ current: init })), oomMarked: true }, 'oom-host'],
])('not: %s', (_, death, cause) => {
  expect(judge(aCase(death)).answer.verdict.cause).toBe(cause);
});
