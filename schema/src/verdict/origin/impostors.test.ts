import { expect, it } from 'vitest';
import type { Ancestor, Process } from '../../process.ts';
import { aProcess, before } from '../testing/case.ts';
import { impostor } from '../testing/managers.ts';
import { originOf } from './origin.ts';

const act = before(0);
const init = { pid: 1, comm: 'systemd', uid: 0 };
const sshd = { pid: 880, comm: 'sshd', uid: 0 };
const shell = (comm: string, uid: number): Ancestor => ({
  ...{ pid: 950, comm, uid, cmdline: [`/tmp/${comm}`, '-c', 'kill -9 4121'] },
});
const below = (...ancestry: Ancestor[]): Process =>
  aProcess({
    ...{ pid: 999, comm: 'kill', uid: 1000, user: 'alice', auditUser: 'alice', auditSession: 7 },
    ancestry,
  });

it.each<[string, Process, string]>([
  ['a shell called cron in a session', below(shell('cron', 1000), sshd, init), 'login-session'],
  ["the same, become root's", below(shell('cron', 0), sshd, init), 'login-session'],
  ['a shell called atd in a session', below(shell('atd', 1000), sshd, init), 'login-session'],
  [
    'a program called cron that outlived its session',
    below(shell('cron', 1000), init),
    'login-session',
  ],
  [
    'a shell called cron below cron',
    below(shell('cron', 1000), { pid: 40, comm: 'cron', uid: 0 }, init),
    'cron',
  ],
  ['cron', below(shell('sh', 1000), { pid: 40, comm: 'CRON', uid: 0 }, init), 'cron'],
  [
    'cron where no uid is known',
    below(shell('sh', 1000), { pid: 40, comm: 'crond' }, init),
    'cron',
  ],
  ['atd', below(shell('sh', 1000), { pid: 40, comm: 'atd', uid: 1 }, init), 'at'],
])('%s', (_, process, type) => {
  const { origin } = originOf(process, [], act);
  expect(origin).toMatchObject({ type, user: 'alice' });
});

it.each<[string, Process, string]>([
  ['a program called runc', impostor('runc'), 'unknown'],
  [
    'a program below one called dpkg',
    impostor('sh', { ancestry: [shell('dpkg', 1066)] }),
    'unknown',
  ],
  ['a program below dpkg', impostor('sh', { ancestry: [shell('dpkg', 0)] }), 'package-manager'],
  ['runc', aProcess({ pid: 5, comm: 'runc', exe: '/usr/bin/runc' }), 'container-runtime'],
  [
    'what runs in a rootless container',
    aProcess({ pid: 5, comm: 'sh', uid: 1000, container: '7', ancestry: [shell('conmon', 1000)] }),
    'container-runtime',
  ],
])('%s', (_, process, type) => {
  expect(originOf(process, [], act).origin.type).toBe(type);
});
