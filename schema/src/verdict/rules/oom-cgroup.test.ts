import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { EventOf } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aProcess, aSignal, before, kernelSignal, killedBy } from '../testing/case.ts';
import { oomOfCgroup as report } from '../testing/reports.ts';

const marked = { ...killedBy(kernelSignal({ signal: 'SIGKILL' })), oomMarked: true };

it('tells limit and use, and does not accuse the allocator', () => {
  const { answer } = judge(aCase(marked, report));
  expect(answer.verdict).toMatchObject({ cause: 'oom-cgroup', confidence: 'proven' });
  expect(answer.verdict.summary).toContain('memory cgroup /web reached its limit (limit 64 MiB)');
  expect(answer.verdict.summary).not.toContain('postgres');
  expect(answer.actor).toBeNull();
  expect(answer.verdict.advice[0]).toContain('from 64 MiB to at least 80 MiB');
  expect(answer.oom).toMatchObject({ cgroup: '/web', limitKb: 65536, invokedBy: 'postgres' });
  expect(answer.verdict.ruledOut.map(({ cause }) => cause)).toContain('oom-host');
});

it('of a cgroup although an old kernel prints constraint none', () => {
  const { verdict } = judge(aCase(marked, { ...report, constraint: 'none' })).answer;
  expect(verdict.cause).toBe('oom-cgroup');
});

it('the report of another process, or of the same pid long before, decides nothing', () => {
  const byHand = killedBy(aSignal());
  const strangers = [
    { ...report, pid: 4122 },
    { ...report, ...before(3_600_000) },
  ];
  for (const stranger of strangers) {
    expect(judge(aCase(byHand, stranger)).answer.verdict.cause).toBe('signal-from-process');
  }
});

const within = (cgroup: string, facts: object = {}): DeathEvent => ({
  ...marked,
  victim: aProcess({ pid: 4121, comm: 'nginx', cgroup, ...facts }),
});
const story = (path: string, usageKb: number): EventOf<'memory-story'> => ({
  ...{ kind: 'memory-story', id: 'the-story-of-it', source: 'proc', ...before(0) },
  ...{ because: ['oom-kill'], victims: [{ pid: 4121, comm: 'nginx' }], times: [before(0).at] },
  ...{ totalKb: 8e6, availableKb: [4e6], swapTotalKb: 0, swapFreeKb: [0], processes: [] },
  ...{ pressureSome: [0], pressureFull: [0] },
  cgroups: [{ path, limitKb: 100_000, usageKb: [usageKb] }],
});
const inUnit = within('/system.slice/nginx.service');

it.each<[string, DeathEvent, string, EventOf<'memory-story'>[]]>([
  ['a unit of systemd, which has no limit as a rule', inUnit, 'oom-host', []],
  ['the root', within('/'), 'oom-host', []],
  ['a cgroup that somebody made', within('/batch/7'), 'oom-cgroup', []],
  ['a container', within('/system.slice/docker-7.scope', { container: '7' }), 'oom-cgroup', []],
  ['a unit that was full', inUnit, 'oom-cgroup', [story('/system.slice', 99_000)]],
  ['a unit that was not', inUnit, 'oom-host', [story('/system.slice', 9_000)]],
  ['another unit that was full', inUnit, 'oom-host', [story('/system.slice/n', 99_000)]],
])('without a report the scope is a guess: %s', (_, death, cause, stories) => {
  const { verdict, actor } = judge(aCase(death, ...stories)).answer;
  expect(verdict).toMatchObject({ cause, confidence: 'possible' });
  expect(actor).toBeNull();
});
