import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import { aProcess, before } from '../testing/case.ts';
import { loginOrigin as found } from './login.ts';

const act = before(0);
const loginOrigin = (...facts: Parameters<typeof found>) => found(...facts)?.origin ?? null;
const aDayMs = 86_400_000;
const minute = 60_000;

const login = (facts: Partial<EventOf<'login'>> = {}): EventOf<'login'> => ({
  kind: 'login',
  id: 'a-login-event',
  source: 'wtmp',
  at: before(30 * minute).at,
  user: 'alice',
  from: '10.0.0.5',
  tty: 'pts/2',
  pid: 880,
  ...facts,
});

/** root's shell, opened by sudo in alice's session. */
const sudo = (facts: Partial<Process> = {}) =>
  aProcess({
    pid: 999,
    comm: 'kill',
    user: 'root',
    tty: 'pts/7',
    ancestry: [
      { pid: 930, comm: 'sudo', uid: 0, user: 'root' },
      { pid: 900, comm: 'bash', uid: 1000, user: 'alice' },
      { pid: 880, comm: 'sshd', uid: 1000, user: 'alice', startUs: before(30 * minute).bootUs },
      { pid: 870, comm: 'sshd', uid: 0, user: 'root' },
    ],
    ...facts,
  });

describe('the person behind a process', () => {
  it('without an audit uid is who owns the first process of the session, not root', () => {
    expect(loginOrigin(sudo(), [login()], act)).toMatchObject({
      user: 'alice',
      tty: 'pts/2',
      from: '10.0.0.5',
      since: login().at,
    });
  });

  it('is nobody when only sudo is seen and nothing says who used it', () => {
    const orphan = sudo({
      ancestry: [
        { pid: 930, comm: 'sudo' },
        { pid: 900, comm: 'bash' },
        { pid: 880, comm: 'sshd' },
      ],
    });
    expect(loginOrigin(orphan, [], act)).toBeNull();
  });

  it('comes from where the kernel has the connection, whatever a log says', () => {
    const forged = login({ source: 'log', from: '6.6.6.6', at: before(minute).at });
    const process = sudo({ remote: '10.0.0.5' });
    expect(loginOrigin(process, [forged], act)).toMatchObject({ from: '10.0.0.5' });
    expect(loginOrigin(sudo(), [forged, login()], act)).toMatchObject({ from: '10.0.0.5' });
  });

  it.each<[string, EventOf<'login'>[], string | null]>([
    ['a console, and a forged line with an address', [login({ from: null, tty: 'tty1' })], null],
    ['nothing but a line of a log', [], '203.0.113.66'],
  ])(
    'comes from an address of a text log only where there is no other login: %s',
    (_, own, from) => {
      const line = login({
        source: 'log',
        from: '203.0.113.66',
        tty: 'ssh',
        at: before(minute).at,
      });
      expect(loginOrigin(sudo(), [...own, line], act)).toMatchObject({ user: 'alice', from });
    },
  );

  it('is not taken from a login of another boot or of an earlier process with that pid', () => {
    const old = login({ at: before(30 * aDayMs).at, from: '6.6.6.6' });
    expect(loginOrigin(sudo(), [old], act)).toMatchObject({ from: null });
    const reused = login({ at: before(40 * minute).at, from: '6.6.6.6', tty: null });
    expect(loginOrigin(sudo(), [reused], act)).toMatchObject({ from: null });
  });

  it('is not the session that sudo, su or cron opened', () => {
    const opened = login({ service: 'sudo', user: 'root', pid: 930, from: null });
    expect(loginOrigin(sudo(), [opened], act)).toMatchObject({ user: 'alice' });
  });

  it('is cited with the login that began the session', () => {
    expect(found(sudo(), [login()], act)?.cites).toEqual([login()]);
  });

  it('on a console has no address', () => {
    const console = login({ from: ':0', tty: 'tty2' });
    expect(loginOrigin(sudo(), [console], act)).toMatchObject({ from: null, tty: 'tty2' });
  });
});
