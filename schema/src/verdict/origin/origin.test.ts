import { describe, expect, it } from 'vitest';
import type { Event } from '../../event/event.ts';
import { aProcess, before } from '../testing/case.ts';
import { originOf as found } from './origin.ts';

const act = before(0);
const originOf = (...facts: Parameters<typeof found>) => found(...facts).origin;
const sixMinutesMs = 360_000;

const login: Event = {
  kind: 'login',
  id: 'l',
  source: 'log',
  ...before(sixMinutesMs),
  user: 'alice',
  from: '10.0.0.5',
  tty: 'pts/2',
  pid: 880,
};
const job: Event = {
  kind: 'cron-job',
  id: 'j',
  source: 'crontab',
  at: null,
  file: '/etc/cron.d/cleanup',
  line: 3,
  user: 'root',
  schedule: '0 3 * * *',
  command: 'pkill -9 -f python',
  nextRun: '2026-08-03T03:00:00.000Z',
};
const inSession = aProcess({
  pid: 999,
  comm: 'pkill',
  user: 'root',
  auditUser: 'alice',
  auditSession: 7,
  tty: 'pts/2',
  ancestry: [
    { pid: 900, comm: 'bash' },
    { pid: 880, comm: 'sshd', startUs: before(sixMinutesMs).bootUs },
  ],
});
const underCron = aProcess({
  pid: 999,
  comm: 'pkill',
  auditUser: 'root',
  auditSession: 12,
  ancestry: [
    { pid: 901, comm: 'sh', cmdline: ['/bin/sh', '-c', 'pkill -9 -f python'] },
    { pid: 900, comm: 'cron' },
    { pid: 800, comm: 'cron' },
  ],
});

describe('originOf', () => {
  it('a session: who logged in, not whom sudo made of them', () => {
    expect(originOf(inSession, [login], act)).toEqual({
      type: 'login-session',
      user: 'alice',
      sessionId: 7,
      tty: 'pts/2',
      from: '10.0.0.5',
      since: login.at,
    });
  });

  it('a session without a login record: since sshd took it', () => {
    expect(originOf(inSession, [], act)).toMatchObject({ from: null, since: login.at });
  });

  it("does not take another user's login", () => {
    expect(originOf(inSession, [{ ...login, user: 'bob' } as Event], act)).toMatchObject({
      from: null,
    });
  });

  it('a cron line, with file and next run, although cron opens an audit session too', () => {
    expect(originOf(underCron, [job], act)).toMatchObject({
      type: 'cron',
      file: '/etc/cron.d/cleanup',
      line: 3,
      nextRun: '2026-08-03T03:00:00.000Z',
    });
  });

  it('a cron command that two lines have names no line', () => {
    const twin = { ...job, id: 'k', line: 4 } as Event;
    expect(originOf(underCron, [job, twin], act)).toMatchObject({
      type: 'cron',
      file: null,
      command: 'pkill -9 -f python',
    });
  });

  it('a service, a package manager, a runtime, or nobody knows', () => {
    const bare = aProcess({ pid: 1234, comm: 'kill' });
    expect(originOf({ ...bare, unit: 'deploy.service' }, [], act)).toEqual({
      type: 'service',
      name: 'deploy.service',
    });
    expect(originOf({ ...bare, ancestry: [{ pid: 3, comm: 'dpkg' }] }, [], act).type).toBe(
      'package-manager',
    );
    expect(originOf({ ...bare, ancestry: [{ pid: 3, comm: 'runc' }] }, [], act).type).toBe(
      'container-runtime',
    );
    expect(originOf(bare, [], act).type).toBe('unknown');
  });
});
