import { describe, expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { EventOf } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import { judge } from '../judge.ts';
import { tracesOf } from '../origin/traces.ts';
import {
  aCase,
  aDeath,
  aProcess,
  aSignal,
  before,
  kernelSignal,
  killedBy,
} from '../testing/case.ts';

const systemd = aProcess({ pid: 1, comm: 'systemd', pidNamespace: 7 });
const nginx = aProcess({
  ...{ pid: 4121, comm: 'nginx', uid: 33, user: 'www-data', pidNamespace: 7 },
  ...{ unit: 'nginx.service', cgroup: '/system.slice/nginx.service' },
});
const stopped = (facts: Partial<DeathEvent> = {}): DeathEvent =>
  aDeath({
    ...killedBy(aSignal({ signal: 'SIGTERM', current: systemd, ...before(50) })),
    victim: nginx,
    ...facts,
  });

const alice = (facts: Partial<Process> = {}): Process =>
  aProcess({
    ...{ pid: 700, comm: 'systemctl', cmdline: ['systemctl', 'stop', 'nginx'], user: 'root' },
    ...{ auid: 1000, auditUser: 'alice', auditSession: 3, tty: 'pts/2', pidNamespace: 7 },
    ancestry: [
      { pid: 690, comm: 'sudo', user: 'root' },
      { pid: 680, comm: 'bash', user: 'alice' },
      { pid: 670, comm: 'sshd' },
    ],
    ...facts,
  });

const request = (facts: Partial<EventOf<'request'>> = {}): EventOf<'request'> => ({
  ...{ kind: 'request', id: 'request-1', source: 'probe', ...before(90), by: alice() },
  ...{ of: 'unit', action: 'stop', targets: ['nginx.service'], waits: true },
  ...{ endedUs: before(-5).bootUs, exitCode: 0, ...facts },
});

const bob = alice({
  pid: 800,
  auditUser: 'bob',
  cmdline: ['systemctl', 'restart', 'nginx'],
  ancestry: [],
});
const bobs = (facts: Partial<EventOf<'request'>> = {}) =>
  request({ id: 'request-2', by: bob, action: 'restart', ...before(3_000), ...facts });

const answerTo = (death: DeathEvent, ...evidence: EventOf<'request'>[]) =>
  judge(aCase(death, ...evidence)).answer;

describe('who asked systemd', () => {
  it('is the actor, with who stands behind it; systemd stays in the sentence', () => {
    const { verdict, actor, evidence } = answerTo(stopped(), request());
    expect(verdict).toMatchObject({ cause: 'service-stopped', confidence: 'proven' });
    expect(verdict.summary).toContain(
      'was killed with SIGTERM at 03:12:07 UTC by systemd, which stopped it (unit nginx.service), most likely as asked 40 ms before by `systemctl stop nginx`, run as root by alice (',
    );
    expect(actor).toMatchObject({
      pid: 700,
      confidence: 'likely',
      origin: { type: 'login-session', user: 'alice' },
    });
    expect(evidence).toContainEqual(
      expect.objectContaining({
        eventId: 'request-1',
        text: 'alice ran systemctl stop nginx (pid 700)',
      }),
    );
  });

  it.each([
    ['nobody is recorded', []],
    ['of another unit', [request({ targets: ['apache2.service'] })]],
    ['after the signal', [request(before(10))]],
    ['long before', [request(before(100_000))]],
    ['of the manager of a user', [request({ ofUser: true })]],
    ['of the systemd of a container', [request({ by: alice({ pidNamespace: 8 }) })]],
    ['of a container', [request({ of: 'container', targets: ['nginx.service'] })]],
    ['refused', [request({ endedUs: before(60).bootUs, exitCode: 4 })]],
    [
      'over: it waited, and had what it asked for',
      [request({ endedUs: before(60).bootUs, exitCode: 0 })],
    ],
    ['refused in the end', [request({ exitCode: 4 })]],
    ['before the victim was started', [request({ bootUs: (nginx.startUs ?? 0) - 1 })]],
  ])('%s: nobody is named', (_, evidence) => {
    const { verdict, actor } = answerTo(stopped(), ...evidence);
    expect(verdict.confidence).toBe('proven');
    expect(verdict.summary).toMatch(
      /which stopped it \(unit nginx\.service\); systemd does not record who asked\.$/,
    );
    expect(actor?.pid).toBe(1);
  });

  it.each([
    ['a glob', request({ targets: ['ngin*.service'] })],
    ['the slice', request({ targets: ['system.slice'] })],
    ['it does not wait', request({ waits: false, endedUs: before(60).bootUs, exitCode: 0 })],
    ['the unit did not stop as it should', request({ exitCode: 1 })],
    ['it was ended by a signal', request({ endedUs: before(60).bootUs, exitCode: null })],
  ])('%s: it is named', (_, evidence) => {
    expect(answerTo(stopped(), evidence).actor?.pid).toBe(700);
  });

  it('of two who may be meant nobody is named, and both are told', () => {
    const { verdict, actor, evidence } = answerTo(stopped(), request(), bobs());
    expect(verdict.summary).toMatch(
      /; which of 2 commands asked for it is not certain: `systemctl stop nginx` \(pid 700, alice\), `systemctl restart nginx` \(pid 800, bob\)\.$/,
    );
    expect(actor?.pid).toBe(1);
    expect(evidence.filter(({ kind }) => kind === 'request')).toHaveLength(2);
  });

  it('of two the one whose request was over is not meant', () => {
    const over = bobs({ endedUs: before(1_000).bootUs, exitCode: 0 });
    expect(answerTo(stopped(), request(), bobs(), over).actor?.pid).toBe(700);
  });

  it('a script and the systemctl that it runs are one', () => {
    const script = aProcess({
      pid: 699,
      comm: 'service',
      cmdline: ['/bin/sh', '/usr/sbin/service', 'nginx', 'stop'],
    });
    const inner = alice({
      ancestry: [{ pid: 699, comm: 'service', startUs: script.startUs ?? 0 }],
    });
    const asked = [
      request({ id: 'outer-request', by: script, ...before(95) }),
      request({ by: inner }),
    ];
    expect(answerTo(stopped(), ...asked).actor?.pid).toBe(700);
    // And where it becomes systemctl, the same process asks once.
    const same = request({ id: 'outer-request', by: alice({ comm: 'service' }), ...before(95) });
    expect(answerTo(stopped(), same, request()).actor?.comm).toBe('systemctl');
  });

  it('while its end is not known it may have been refused', () => {
    const { endedUs: _, exitCode: __, ...running } = request();
    const { actor, verdict } = answerTo(stopped(), running);
    expect(verdict.summary).toContain(
      '; what may have led to it: `systemctl stop nginx` (pid 700, alice).',
    );
    expect(actor?.pid).toBe(1);
    expect(answerTo(stopped(), running, request()).actor?.pid).toBe(700);
  });

  it('what may have taken it along is told, and nobody named', () => {
    const isolate = request({ action: 'isolate', targets: ['rescue.target'] });
    const { verdict, actor } = answerTo(stopped(), isolate);
    expect(verdict.summary).toContain(
      '; what may have led to it: `systemctl stop nginx` (pid 700, alice).',
    );
    expect(actor?.pid).toBe(1);
    const instance = stopped({ victim: { ...nginx, unit: 'nginx@a.service' } });
    expect(answerTo(instance, request()).verdict.summary).toContain('; what may have led to it: ');
  });

  it('one that does not stop in time was asked too; a watchdog asks nobody', () => {
    const [term, kill] = [
      aSignal({ signal: 'SIGTERM', current: systemd, ...before(90_050) }),
      aSignal({ signal: 'SIGKILL', current: systemd, ...before(50) }),
    ];
    const patient = { ...nginx, startUs: 0 };
    const death = { ...killedBy(term, kill), victim: patient };
    const { verdict, actor } = answerTo(death, request(before(90_090)));
    expect(verdict.cause).toBe('service-timeout');
    expect(verdict.summary).toContain(
      'did not stop in time (unit nginx.service), most likely as asked 40 ms before by `systemctl',
    );
    expect(actor?.pid).toBe(700);
    const bitten = {
      ...killedBy(aSignal({ signal: 'SIGABRT', current: systemd, ...before(50) })),
      victim: nginx,
    };
    expect(answerTo(bitten, request()).actor?.pid).toBe(1);
  });

  it('a session that somebody terminated', () => {
    const victim = { ...nginx, unit: 'session-3.scope' };
    const asked = request({ action: 'terminate-session', targets: ['session-3.scope'] });
    const { verdict, actor } = answerTo(stopped({ victim }), asked);
    expect(verdict.cause).toBe('session-ended');
    expect(actor?.pid).toBe(700);
  });
});

it('the session of whoever asked is searched for, however long ago it began', () => {
  expect(tracesOf(stopped(), [request()])).toMatchObject({ sessions: [3], ttys: ['pts/2'] });
  expect(tracesOf(stopped(), [request(before(900_000))]).sessions).toEqual([]);
});

describe('who asked a container runtime', () => {
  const container = 'a1b2'.repeat(16);
  const shim = aProcess({ pid: 50, comm: 'containerd-shim' });
  const death = {
    ...killedBy(aSignal({ current: shim, ...before(50) })),
    victim: { ...nginx, unit: null, container },
  };
  const docker = alice({ comm: 'docker', cmdline: ['docker', 'stop', 'web'] });
  const ask = (facts: Partial<EventOf<'request'>>) =>
    answerTo(death, request({ of: 'container', by: docker, targets: ['web'], ...facts }));

  it('is found by what its name stood for, and by the beginning of the id', () => {
    for (const facts of [{ ids: [container] }, { targets: ['a1b2a1'] }]) {
      const { verdict, actor } = ask(facts);
      expect(verdict.summary).toContain(
        'by the container runtime `containerd-shim` (container a1b2a1b2a1b2), most likely as asked 40 ms before by `docker stop web`, run as root by alice',
      );
      expect(verdict).toMatchObject({ cause: 'container-stopped', confidence: 'proven' });
      expect(actor?.pid).toBe(700);
    }
  });

  it('is not whoever stopped another, or one whose name is not known', () => {
    for (const facts of [{}, { ids: ['ffee'.repeat(16)] }, { targets: ['a1'] }])
      expect(ask(facts).actor?.pid).toBe(50);
  });

  it('what names no container may have led to it', () => {
    expect(ask({ action: 'compose down', targets: [] }).verdict.summary).toContain(
      'what may have led to it',
    );
  });
});

describe('who asked for the shutdown', () => {
  const record = {
    kind: 'shutdown' as const,
    id: 'shutdown-1',
    source: 'journal' as const,
    at: before(60).at,
  };
  const reboot = alice({ comm: 'reboot', cmdline: ['reboot'] });
  const ask = (...evidence: EventOf<'request'>[]) =>
    judge(aCase(stopped(), record, ...evidence)).answer;
  const now = request({ of: 'host', action: 'reboot', targets: [], by: reboot, waits: false });

  it('is the actor', () => {
    const { verdict, actor } = ask(now);
    expect(verdict).toMatchObject({ cause: 'host-shutdown', confidence: 'proven' });
    expect(verdict.summary).toContain(
      'because the host was shut down, most likely as asked 40 ms before by `reboot`, run as root by alice',
    );
    expect(actor?.pid).toBe(700);
  });

  it('is not whoever shut a container down', () => {
    expect(ask({ ...now, by: { ...reboot, pidNamespace: 8 } }).actor).toBeNull();
  });

  it('counts from when it is due, unless it was called off', () => {
    const hour = before(3_600_050);
    const due = { ...now, ...hour, dueAt: before(60).at };
    const boot = { ...stopped(), victim: { ...nginx, startUs: 0 } };
    const answered = (...evidence: EventOf<'request'>[]) =>
      judge(aCase(boot, record, ...evidence)).answer.actor?.pid ?? null;
    expect(answered(due)).toBe(700);
    expect(answered({ ...due, dueAt: before(-900_000).at })).toBeNull();
    const off = request({ ...now, id: 'request-3', by: bob, ...before(600_000), callsOff: true });
    expect(answered(due, off)).toBeNull();
  });
});

it('a signal that no manager sent has its own sender', () => {
  const { actor, verdict } = answerTo(stopped({ signals: [kernelSignal({})] }), request());
  expect(verdict.cause).not.toBe('service-stopped');
  expect(actor).toBeNull();
});
