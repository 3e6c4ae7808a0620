import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import { judge } from '../judge.ts';
import { aCase, kernelSignal, killedBy, killer } from '../testing/case.ts';

const written = (facts: object = {}) =>
  kernelSignal({ info: 'none', group: false, current: killer, ...facts });

it('names whoever wrote to cgroup.kill', () => {
  const death = killedBy(written());
  const inCgroup = { ...death, victim: { ...death.victim, cgroup: '/batch/7' } };
  const { verdict, actor } = judge(aCase(inCgroup)).answer;
  expect(verdict).toMatchObject({ cause: 'cgroup-kill', confidence: 'proven' });
  expect(verdict.summary).toContain(
    'together with its cgroup /batch/7 (cgroup.kill) by `pkill -9 -f python`, run by alice',
  );
  expect(actor?.pid).toBe(999);
});

it.each<[string, DeathEvent, string]>([
  ['a signal to the group', killedBy(written({ group: true })), 'unknown'],
  ['a kernel thread', killedBy(written({ currentKernelThread: true })), 'unknown'],
  ['itself', killedBy(written({ currentIsVictim: true, current: null })), 'unknown'],
  ['another signal', killedBy(written({ signal: 'SIGTERM' })), 'unknown'],
])('not: %s', (_, death, cause) => {
  const { verdict, actor } = judge(aCase(death)).answer;
  expect(verdict.cause).toBe(cause);
  expect(actor).toBeNull();
});
