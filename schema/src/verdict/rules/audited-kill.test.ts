import { expect, it } from 'vitest';
import type { EventOf } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aDeath, aSignal, before } from '../testing/case.ts';

/** The probe has the death and lost its signal. */
const lost = { ...aDeath({ signals: [] }), signalsLost: 1 };

const call = (senderPid: number, facts: Partial<EventOf<'kill-syscall'>> = {}) => ({
  kind: 'kill-syscall' as const,
  id: `call-of-${senderPid}`,
  source: 'audit' as const,
  ...before(1),
  signal: 'SIGKILL',
  senderPid,
  senderComm: 'kill',
  targetPid: 4121,
  success: true,
  ...facts,
});

const loss = (facts: Partial<EventOf<'gap'>> = {}): EventOf<'gap'> => ({
  kind: 'gap',
  id: 'loss-of-records',
  source: 'audit',
  ...before(1),
  of: 'audit',
  since: before(100).at,
  until: before(0).at,
  lost: 3,
  reason: 'the audit backlog was full',
  ...facts,
});

it('the only call that succeeded is likely the one', () => {
  const { verdict, actor } = judge(aCase(lost, call(999), call(77, { success: false }))).answer;
  expect(verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'likely' });
  expect(actor?.pid).toBe(999);
});

const pending = aSignal({ result: 'pending' });

it.each([
  ['two calls of several senders succeeded', lost, [call(999), call(998)]],
  ['a text log says so, into which anybody may write', lost, [call(999, { source: 'log' })]],
  ['records of the audit log were lost then', lost, [call(999), loss()]],
  ['more signals were lost than calls are known', { ...lost, signalsLost: 2 }, [call(999)]],
  ['an earlier signal was pending already', { ...lost, signals: [pending] }, [call(999)]],
  ['the call failed', lost, [call(999, { success: false })]],
  ['the call was for a process that had this pid before', lost, [call(999, before(60_000))]],
])('nobody is named where %s', (_, death, evidence) => {
  const { verdict, actor } = judge(aCase(death, ...evidence)).answer;
  expect(verdict.cause).toBe('unknown');
  expect(actor).toBeNull();
});

it('a loss at another time does not matter', () => {
  const earlier = loss({ since: before(300_000).at, until: before(200_000).at });
  expect(judge(aCase(lost, call(999), earlier)).answer.actor?.pid).toBe(999);
});
