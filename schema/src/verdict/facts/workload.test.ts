import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { EventOf } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aProcess, aSignal, before, killedBy } from '../testing/case.ts';

const container = '919f0123456789abcdef';
const pod = '11111111-2222-3333-4444-555555555555';
const shim = aProcess({ pid: 50, comm: 'containerd-shim' });
const stopped = (facts: object): DeathEvent => {
  const death = killedBy(aSignal({ current: shim }));
  return { ...death, victim: { ...death.victim, ...facts } };
};
const inPod = stopped({ container, pod });
const told = (facts: Partial<EventOf<'workload'>>): EventOf<'workload'> => ({
  ...{ kind: 'workload', id: 'what-kubelet-says', source: 'journal', at: before(900).at },
  ...{ manager: 'kubelet', action: 'stopped', workload: 'web' },
  ...facts,
});
const probe = {
  action: 'liveness-failed',
  reason: `containerStatusID={"ID":"${container}"} containerMessage="Container web failed liveness probe"`,
};

it.each<[string, DeathEvent, Partial<EventOf<'workload'>>, RegExp]>([
  [
    'a liveness probe',
    inPod,
    probe,
    /because its liveness or startup probe failed, according to kubelet/,
  ],
  ['an eviction', inPod, { action: 'evicted', reason: `podUID="${pod}"` }, /its pod was evicted/],
  [
    'a stop that was not heeded',
    inPod,
    { manager: 'docker', action: 'killed', workload: container.slice(0, 12) },
    /it had not stopped in time, according to docker/,
  ],
])('%s is the reason of a runtime', (_, death, facts, words) => {
  const event = told(facts);
  const { verdict, evidence } = judge(aCase(death, event)).answer;
  expect(verdict.cause).toBe('container-stopped');
  expect(verdict.summary).toMatch(words);
  expect(evidence.map(({ eventId }) => eventId)).toContain(event.id);
});

it('a stop without a reason is cited alone', () => {
  const { verdict, evidence } = judge(aCase(inPod, told({ workload: container }))).answer;
  expect(verdict.summary).not.toContain('because');
  expect(evidence.map(({ kind }) => kind)).toContain('workload');
});

it.each<[string, DeathEvent, Partial<EventOf<'workload'>>]>([
  ['another container of that name', inPod, { ...probe, reason: 'Container web failed' }],
  ['a container that is not known', stopped({ container: null }), probe],
  ['something long before', inPod, { ...probe, at: before(300_000).at }],
])('what is said of %s is none of its', (_, death, facts) => {
  const { verdict, evidence } = judge(aCase(death, told(facts))).answer;
  expect(verdict.summary).not.toContain('because');
  expect(evidence.map(({ kind }) => kind)).not.toContain('workload');
});

it.each([
  [
    '/slurm/uid_1000/job_680/step_0',
    'time-limit',
    /its job had reached its time limit, according to slurm/,
  ],
  ['/slurm/uid_1000/job_680/step_0', 'cancelled', /its job was cancelled, according to slurm/],
  ['/slurm/uid_1000/job_6801/step_0', 'time-limit', /by `slurmstepd`(?!.*because)/],
])('a step of a batch job in %s: %s', (cgroup, action, words) => {
  const current = aProcess({ pid: 60, comm: 'slurmstepd' });
  const death = killedBy(aSignal({ current }));
  const step = { ...death, victim: { ...death.victim, cgroup } };
  const { verdict } = judge(
    aCase(step, told({ manager: 'slurm', action, workload: '680.0' })),
  ).answer;
  expect(verdict.cause).toBe('signal-from-process');
  expect(verdict.summary).toMatch(words);
});
