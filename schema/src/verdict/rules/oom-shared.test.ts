import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { Event } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aProcess, aSignal, before, kernelSignal, killedBy } from '../testing/case.ts';
import { oomOfCgroup, oomOfHost } from '../testing/reports.ts';

const shared = killedBy(kernelSignal({}));
const ofMate = { ...oomOfHost, pid: 4000, ...before(2) };
const ofOther = { ...ofMate, comm: 'java' };
const child: DeathEvent = {
  ...shared,
  victim: aProcess({ pid: 4121, comm: 'nginx', ancestry: [{ pid: 4000, comm: 'java' }] }),
};

it.each<[string, DeathEvent, Event, string, string]>([
  ['a process of that name', shared, ofMate, 'oom-host', 'likely'],
  ['its parent', child, ofOther, 'oom-host', 'likely'],
  ['another process', shared, ofOther, 'oom-host', 'possible'],
  ['one of a full cgroup', shared, { ...oomOfCgroup, pid: 4000 }, 'oom-cgroup', 'likely'],
])('killed by the kernel together with %s', (_, death, report, cause, confidence) => {
  const { verdict, actor } = judge(aCase(death, report)).answer;
  expect(verdict).toMatchObject({ cause, confidence });
  expect(verdict.summary).toMatch(/when the OOM killer ended (nginx|java) \(pid 4000\)/);
  expect(actor).toBeNull();
});

it.each<[string, DeathEvent, Event, string]>([
  ['by a person', killedBy(aSignal()), ofMate, 'signal-from-process'],
  ['long before', shared, { ...ofMate, ...before(5_000) }, 'unknown'],
  ['told by a text log', shared, { ...ofMate, source: 'log' }, 'unknown'],
  ['to one thread alone', killedBy(kernelSignal({ group: false })), ofMate, 'unknown'],
  [
    'of a limit of its own',
    {
      ...killedBy(kernelSignal({ currentIsVictim: true, current: null })),
      cpuTimeMs: 2e3,
      cpuLimitS: 2,
    },
    ofMate,
    'resource-limit',
  ],
])('not: a kill %s', (_, death, report, cause) => {
  expect(judge(aCase(death, report)).answer.verdict.cause).toBe(cause);
});
