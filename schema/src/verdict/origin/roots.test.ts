import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../event/event.ts';
import type { AttachedClient, Process } from '../../process.ts';
import { aProcess, before } from '../testing/case.ts';
import { originOf } from './origin.ts';
import { stepsOf } from './steps.ts';

const act = before(0);
const init = { pid: 1, comm: 'systemd' };
const began = before(5_000);

const job = (facts: Partial<EventOf<'cron-job'>>): EventOf<'cron-job'> => ({
  ...{ kind: 'cron-job', id: 'a-job', source: 'crontab', at: before(60_000).at, line: 3 },
  ...{ file: '/x', user: 'root', schedule: '', command: '/usr/bin/clean', nextRun: null },
  ...facts,
});

describe('a job of at', () => {
  const process = aProcess({
    ...{ pid: 999, comm: 'kill', user: 'alice', auditUser: 'alice', auditSession: 9 },
    ancestry: [{ pid: 50, comm: 'sh', startUs: began.bootUs }, { pid: 40, comm: 'atd' }, init],
  });
  const due = job({ file: '/spool/a1', user: 'alice', schedule: `at ${before(20_000).at}` });

  it('is the one that was due then', () => {
    const later = { ...due, file: '/spool/a2', schedule: `at ${before(-60_000).at}` };
    const bobs = { ...due, file: '/spool/a3', user: 'bob' };
    expect(originOf(process, [due, later, bobs], act).origin).toMatchObject({
      ...{ type: 'at', file: '/spool/a1', user: 'alice' },
    });
  });

  it('is not named when two were due', () => {
    const { origin } = originOf(process, [due, { ...due, file: '/spool/a2' }], act);
    expect(origin).toMatchObject({ type: 'at', file: null, user: 'alice' });
  });
});

it('a timer is the origin only of what began when it was due', () => {
  const process = aProcess({
    ...{ pid: 999, comm: 'kill', unit: 'clean.service' },
    ancestry: [{ pid: 50, comm: 'sh', startUs: began.bootUs }, init],
  });
  const timer = (schedule: string) =>
    job({
      file: '/etc/systemd/system/clean.timer',
      job: 'clean.service',
      schedule,
      timeZone: 'UTC',
    });
  const dueAt = began.at.slice(11, 16);
  expect(originOf(process, [timer(`OnCalendar=${dueAt}`)], act).origin).toMatchObject({
    ...{ type: 'timer', name: 'clean.timer', unit: 'clean.service' },
  });
  for (const schedule of ['OnCalendar=23:00', 'OnBootSec=5min'])
    expect(originOf(process, [timer(schedule)], act).origin).toEqual({
      ...{ type: 'service', name: 'clean.service' },
    });
});

describe('below tmux', () => {
  const client = (facts: Partial<AttachedClient> = {}): AttachedClient => ({
    ...{ pid: 70, user: 'alice', auditSession: 8, tty: 'pts/5', remote: '10.0.0.5', ...facts },
  });
  const below = (attached: AttachedClient[] | null): Process =>
    aProcess({
      ...{ pid: 999, comm: 'bash', user: 'alice', auditUser: 'alice', auditSession: 7 },
      ...{ tty: 'pts/9', attached },
      ancestry: [{ pid: 60, comm: 'tmux: server' }, init],
    });
  const first: EventOf<'login'> = {
    ...{ kind: 'login', id: 'the-first-login', source: 'wtmp', at: before(90_000_000).at },
    ...{ user: 'alice', from: '6.6.6.6', tty: 'pts/2', session: 7 },
  };
  const at = { at: act.at };
  const said = (attached: AttachedClient[] | null) => {
    const { origin } = originOf(below(attached), [first], at);
    const [step] = stepsOf(below(attached));
    if (origin.type !== 'login-session') throw new Error('no session');
    // Whom the session does not name for certain it only says to have started it.
    expect(origin.detached === true).toBe(Boolean(step?.note));
    return [origin.from, step?.note ?? null];
  };

  it('it is whoever is attached, not who started the server', () => {
    expect(said([client()])).toEqual(['10.0.0.5', null]);
    expect(said([client(), client({ pid: 71, tty: 'pts/6' })])).toEqual(['10.0.0.5', null]);
  });

  it('it says what is not certain', () => {
    expect(said(null)).toEqual(['6.6.6.6', 'who was attached to it is not recorded']);
    expect(said([])).toEqual(['6.6.6.6', 'nobody was attached to it then']);
    const two = [client(), client({ pid: 71, user: 'bob', remote: '10.0.0.6' })];
    expect(said(two)).toEqual(['6.6.6.6', 'attached to it then: alice (10.0.0.5), bob (10.0.0.6)']);
  });
});

it('what outlived its session was started in it', () => {
  const orphan = aProcess({
    ...{ pid: 999, comm: 'sh', auditUser: 'alice', auditSession: 7, tty: null },
    ancestry: [init],
  });
  expect(originOf(orphan, [], act).origin).toMatchObject({ user: 'alice', detached: true });
});
