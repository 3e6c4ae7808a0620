import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { Event, EventOf } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { tracesOf } from '../origin/traces.ts';
import { aCase, aDeath, aSignal, before } from '../testing/case.ts';
import { saidOfUnit } from '../testing/managers.ts';

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
  ['it was dead already, and not reaped', lost, [call(999, before(-1_500))]],
  ['it had just died', lost, [call(999, before(-300))]],
])('nobody is named where %s', (_, death, evidence) => {
  const { verdict, actor } = judge(aCase(death, ...evidence)).answer;
  expect(verdict.cause).toBe('unknown');
  expect(actor).toBeNull();
});

it('a death to the second alone may be told before its kill', () => {
  const inSeconds = { ...aDeath({ signals: [] }), source: 'log' as const, bootUs: null };
  const { actor } = judge(aCase(inSeconds, call(999, { ...before(-700), bootUs: null }))).answer;
  expect(actor?.pid).toBe(999);
});

const ofGrace = {
  ...{ senderUid: 0, senderUser: 'root', auid: 1011, auditUser: 'grace', session: 9 },
  ...{ cmdline: ['kill', '-9', '4121'] },
};
const login: EventOf<'login'> = {
  ...{ kind: 'login', id: 'login-of-grace', source: 'audit', at: before(60_000).at },
  ...{ user: 'grace', from: '10.0.0.9', session: 9, pid: 70 },
};

it.each<[string, Partial<EventOf<'kill-syscall'>>, Event[], object]>([
  [
    'with her login',
    ofGrace,
    [login],
    { type: 'login-session', user: 'grace', from: '10.0.0.9', sessionId: 9 },
  ],
  [
    'at her terminal',
    { ...ofGrace, tty: 'pts/3' },
    [],
    { type: 'login-session', user: 'grace', tty: 'pts/3' },
  ],
  ['in a session that may be that of cron', ofGrace, [], { type: 'unknown' }],
  ['in another session', ofGrace, [{ ...login, session: 8 }], { type: 'unknown' }],
])('the person behind the call is known %s', (_, facts, evidence, origin) => {
  const { answer } = judge(aCase(lost, call(999, facts), ...evidence));
  expect(answer.actor).toMatchObject({ user: 'root', auditUser: 'grace', origin });
  const death = tracesOf(lost, [call(999, facts)]);
  expect(death.sessions).toEqual([9]);
});

const inUnit = (unit: string) => ({ ...lost, victim: { ...lost.victim, unit } });
const bySystemd = call(1, { senderComm: 'systemd' });
const timeout = saidOfUnit({ state: 'timeout' }, 5);

it.each<[string, DeathEvent, Event[], string]>([
  ['of systemd', inUnit('nginx.service'), [bySystemd], 'service-stopped'],
  ['of systemd in a session', inUnit('session-4.scope'), [bySystemd], 'session-ended'],
  [
    'of a runtime',
    lost,
    [call(50, { senderComm: 'runc', senderExe: '/usr/bin/runc' })],
    'container-stopped',
  ],
  [
    'of a program called runc',
    lost,
    [call(50, { senderComm: 'runc', senderExe: '/tmp/runc' })],
    'signal-from-process',
  ],
  [
    'of systemd whose time was up',
    { ...inUnit('nginx.service'), source: 'journal' },
    [bySystemd, timeout],
    'service-timeout',
  ],
])('a call %s is what such a sender does', (_, death, evidence, cause) => {
  expect(judge(aCase(death, ...evidence)).answer.verdict).toMatchObject({
    cause,
    confidence: 'likely',
  });
});

it('a loss at another time does not matter', () => {
  const earlier = loss({ since: before(300_000).at, until: before(200_000).at });
  expect(judge(aCase(lost, call(999), earlier)).answer.actor?.pid).toBe(999);
});
