import { describe, expect, it } from 'vitest';
import type { NearMiss } from '../event/agent.ts';
import type { Event, EventOf } from '../event/event.ts';
import { judge } from './judge.ts';
import { aCase, aDeath, aProcess, aSignal, before, exited, killedBy } from './testing/case.ts';

const miss: NearMiss = {
  signal: 'SIGTERM',
  sender: { pid: 77, comm: 'kill', uid: 1000, startUs: 5, cmdline: ['kill', '4121'] },
  target: { pid: 4121, comm: 'nginx' },
  count: 3,
  lastAt: before(4_000).at,
  why: 'ignored',
};

const counts = (...nearMissesBy: NearMiss[]): Event => ({
  kind: 'counts',
  id: 'counts-of-web-3',
  source: 'probe',
  ...before(-1_000),
  since: before(60_000).at,
  exits: 0,
  nearMisses: 3,
  nearMissesBy,
  foldedSignals: 0,
});

const refused = (facts: Partial<EventOf<'kill-syscall'>> = {}): Event => ({
  kind: 'kill-syscall',
  id: 'audit-says-eperm',
  source: 'audit',
  ...before(6_000),
  signal: 'SIGKILL',
  senderPid: 88,
  senderComm: 'kill',
  auditUser: 'bob',
  targetPid: 4121,
  cmdline: ['kill', '-9', '4121'],
  success: false,
  error: 'EPERM',
  ...facts,
});

describe('a signal that came to nothing', () => {
  it('stands in the answer, newest first, and accuses nobody', () => {
    const { answer } = judge(aCase(exited(0), refused(), counts(miss)));
    expect(answer.nearMisses?.map(({ text }) => text)).toEqual([
      "uid 1000's `kill 4121` (pid 77) at 03:12:03 UTC sent SIGTERM 3 times, which it ignored",
      "bob's `kill -9 4121` (pid 88) at 03:12:01 UTC failed with EPERM: no SIGKILL was sent",
    ]);
    expect(answer.verdict.cause).toBe('exit-ok');
    expect(answer.actor).toBeNull();
    expect(answer.verdict.summary).not.toContain('kill');
    expect(answer.verdict.ruledOut.at(-1)).toEqual({
      cause: 'signal-from-process',
      because: `${answer.nearMisses?.[0]?.text}; and 1 more of the kind`,
    });
  });

  it('is no alternative where somebody did send the signal', () => {
    const { answer } = judge(aCase(aDeath(), refused()));
    expect(answer.verdict.ruledOut.map(({ cause }) => cause)).not.toContain('signal-from-process');
    expect(answer.actor?.pid).toBe(999);
    expect(answer.nearMisses).toHaveLength(1);
  });

  it.each([
    ['to another process', counts({ ...miss, target: { pid: 4122, comm: 'nginx' } })],
    [
      'to an earlier process of that pid',
      counts({ ...miss, target: { pid: 4121, comm: 'nginx', startUs: 1 } }),
    ],
    ['of itself', counts({ ...miss, sender: { pid: 4121, comm: 'nginx', uid: 0 } })],
    ['of nobody', counts({ ...miss, sender: null })],
    ['that it was too late for', counts({ ...miss, signal: 'SIGKILL' })],
    ['that succeeded', refused({ success: true })],
    ['after it was gone', refused(before(-500))],
    ['with signal 0', refused({ signal: 'SIG0' })],
  ])('is not told: %s', (_, event) => {
    expect(judge(aCase(exited(0), event)).answer.nearMisses).toBeUndefined();
  });

  it('tells why systemd killed what it had asked in vain', () => {
    const systemd = aProcess({ pid: 1, comm: 'systemd' });
    const death = killedBy(aSignal({ current: systemd }));
    const asked = counts({ ...miss, sender: { pid: 1, comm: 'systemd', uid: 0 } });
    expect(judge(aCase(death)).answer.verdict.cause).toBe('service-stopped');
    const { verdict, evidence } = judge(aCase(death, asked)).answer;
    expect(verdict).toMatchObject({ cause: 'service-timeout', confidence: 'likely' });
    expect(evidence.map(({ eventId }) => eventId)).toContain(asked.id);
  });
});

it('says of each alternative why it was not that', () => {
  const { ruledOut } = judge(aCase(aDeath())).answer.verdict;
  const reasons = ruledOut.map(({ because }) => because);
  expect(new Set(reasons).size).toBe(reasons.length);
});
