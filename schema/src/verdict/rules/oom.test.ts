import { expect, it } from 'vitest';
import type { EventOf } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aSignal, before, bystander, kernelSignal, killedBy } from '../testing/case.ts';

const report: EventOf<'oom-kill'> = {
  kind: 'oom-kill',
  id: 'report',
  source: 'kmsg',
  ...before(-3),
  pid: 4121,
  comm: 'nginx',
  constraint: 'memcg',
  oomMemcg: '/web',
  usageKb: 65536,
  limitKb: 65536,
  anonRssKb: 60000,
  invokedBy: bystander.comm,
};
const marked = { ...killedBy(kernelSignal({ signal: 'SIGKILL' })), oomMarked: true };

it('of the cgroup: limit and use are told, the allocator is not accused', () => {
  const { answer } = judge(aCase(marked, report));
  expect(answer.verdict).toMatchObject({ cause: 'oom-cgroup', confidence: 'proven' });
  expect(answer.verdict.summary).toContain('memory cgroup /web reached its limit (limit 64 MiB)');
  expect(answer.verdict.summary).not.toContain('postgres');
  expect(answer.actor).toBeNull();
  expect(answer.verdict.advice[0]).toContain('from 64 MiB to at least 80 MiB');
  expect(answer.oom).toMatchObject({ cgroup: '/web', limitKb: 65536, invokedBy: 'postgres' });
});

it('of the host', () => {
  const { verdict } = judge(
    aCase(marked, { ...report, constraint: 'none', oomMemcg: null }),
  ).answer;
  expect(verdict.cause).toBe('oom-host');
});

it('of a cgroup although an old kernel prints constraint none', () => {
  const { verdict } = judge(aCase(marked, { ...report, constraint: 'none' })).answer;
  expect(verdict.cause).toBe('oom-cgroup');
});

it('without a report the mark proves the kill and not its scope', () => {
  const { answer } = judge(aCase(marked));
  expect(answer.verdict).toMatchObject({ cause: 'oom-host', confidence: 'possible' });
  expect(answer.actor).toBeNull();
});

it('asked for by sysrq', () => {
  const { verdict } = judge(aCase(marked, { ...report, manual: true, constraint: 'none' })).answer;
  expect(verdict.cause).toBe('sysrq');
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
