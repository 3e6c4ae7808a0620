import { expect, it } from 'vitest';
import type { Event, EventOf } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { tracesOf } from '../origin/traces.ts';
import { aCase, aProcess, before } from '../testing/case.ts';
import { saidOfUnit, stoppedUnit } from '../testing/managers.ts';

const sudo = (facts: Partial<EventOf<'privilege'>> = {}): EventOf<'privilege'> => ({
  ...{ kind: 'privilege', id: 'line-of-sudo', source: 'journal', ...before(300), service: 'sudo' },
  ...{ user: 'alice', asUser: 'root', tty: 'pts/2', pid: 990, session: 7, auid: 1000 },
  command: '/usr/bin/systemctl stop nginx',
  ...facts,
});
const executed: EventOf<'audit-record'> = {
  ...{ kind: 'audit-record', id: 'call-of-execve', source: 'audit', ...before(280), serial: 5 },
  ...{ types: ['SYSCALL', 'EXECVE'], pid: 991, comm: 'systemctl', uid: 0, user: 'root' },
  ...{ auid: 1000, session: 7, cmdline: ['systemctl', 'restart', 'nginx.service'] },
};
const typed: Event = {
  ...{ kind: 'shell-command', id: 'typed-by-eve', source: 'shell-history', at: before(900).at },
  ...{ user: 'eve', command: 'systemctl stop nginx' },
};
const answerTo = (...evidence: Event[]) => judge(aCase(stoppedUnit, ...evidence)).answer;

it.each<[string, Event, RegExp]>([
  [
    "sudo's line",
    sudo(),
    /; what may have led to it: `\/usr\/bin\/systemctl stop nginx` \(pid 990, alice\)\.$/,
  ],
  ['an init script', sudo({ command: '/etc/init.d/nginx stop' }), /`\/etc\/init\.d\/nginx stop`/],
  ['an audited call', executed, /`systemctl restart nginx\.service` \(pid 991, uid 1000\)\.$/],
])('%s is mentioned, and its person is no actor', (_, event, words) => {
  const { verdict, actor, evidence } = answerTo(event, saidOfUnit({}, 30));
  expect(verdict).toMatchObject({ cause: 'service-stopped', confidence: 'proven' });
  expect(verdict.summary).toMatch(words);
  expect(actor?.pid).toBe(1);
  expect(evidence.map(({ eventId }) => eventId)).toContain(event.id);
});

it.each<[string, Event[]]>([
  ['a text log, into which anybody may write', [sudo({ source: 'log' })]],
  ['another unit', [sudo({ command: 'systemctl stop nginx-exporter' })]],
  ['another verb', [sudo({ command: 'systemctl status nginx' })]],
  ['a request long before', [sudo(before(100_000))]],
  ['a request that came later', [sudo(before(-3_000))]],
  ['a later shutdown', [sudo({ command: 'shutdown -r +5' })]],
  ['what was typed', [typed]],
])('%s says nothing', (_, evidence) => {
  expect(answerTo(...evidence).verdict.summary).toContain('systemd does not record who asked');
});

it('what the probe saw counts alone', () => {
  const by = aProcess({ pid: 700, comm: 'systemctl', cmdline: ['systemctl', 'stop', 'nginx'] });
  const request: Event = {
    ...{ kind: 'request', id: 'seen-by-the-probe', source: 'probe', ...before(200), by },
    ...{ of: 'unit', action: 'stop', targets: ['nginx.service'], waits: true },
    ...{ endedUs: before(-5).bootUs, exitCode: 0 },
  };
  const { actor, verdict } = answerTo(sudo(), request);
  expect(actor?.pid).toBe(700);
  expect(verdict.summary).not.toContain('pid 990');
});

it('leads to the logins of its session', () => {
  expect(tracesOf(stoppedUnit, [sudo()])).toMatchObject({ sessions: [7], ttys: ['pts/2'] });
  expect(tracesOf(stoppedUnit, [sudo({ command: 'ls' })]).sessions).toEqual([]);
});
