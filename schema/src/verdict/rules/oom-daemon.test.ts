import { expect, it } from 'vitest';
import type { EventOf } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import { judge } from '../judge.ts';
import { aCase, aProcess, aSignal, before, kernelSignal, killedBy } from '../testing/case.ts';
import { impostor } from '../testing/managers.ts';

const daemon = (comm: string, facts: Partial<Process> = {}) =>
  aProcess({ pid: 52, comm, exe: `/usr/bin/${comm}`, ...facts });
const unprivileged = { uid: 61_184, user: 'earlyoom' };

it.each<[string, Process]>([
  ['earlyoom', daemon('earlyoom')],
  ['earlyoom under a user of its own', daemon('earlyoom', unprivileged)],
  [
    'earlyoom by its unit',
    daemon('earlyoom', {
      ...unprivileged,
      ...{ exe: null, unit: 'earlyoom.service', cgroup: '/system.slice/earlyoom.service' },
    }),
  ],
  [
    'nohang, a script',
    daemon('nohang', { exe: '/usr/bin/python3.11', cmdline: ['python3', '/usr/sbin/nohang'] }),
  ],
  ['low-memory-monitor', daemon('low-memory-moni', { exe: '/usr/libexec/low-memory-monitor' })],
])('%s sent the signal', (_, current) => {
  const { verdict, actor } = judge(aCase(killedBy(aSignal({ current })))).answer;
  expect(verdict).toMatchObject({ cause: 'oom-daemon', confidence: 'proven' });
  expect(actor?.pid).toBe(52);
});

it('systemd-oomd wrote to cgroup.kill, and says so', () => {
  const current = daemon('systemd-oomd', { exe: '/usr/lib/systemd/systemd-oomd', uid: 998 });
  const log: EventOf<'oom-daemon-kill'> = {
    ...{ kind: 'oom-daemon-kill', id: 'oomd-says-so', source: 'journal', ...before(5) },
    ...{ daemon: 'systemd-oomd', pid: 4121, comm: 'nginx', cgroup: null, unit: null, signal: null },
  };
  const written = kernelSignal({ info: 'none', group: false, current });
  const { verdict, evidence } = judge(aCase(killedBy(written), log)).answer;
  expect(verdict.cause).toBe('oom-daemon');
  expect(evidence.map(({ eventId }) => eventId)).toContain(log.id);
});

it.each<[string, Process]>([
  ['a program of that name', impostor('earlyoom')],
  ['one whose place is not known', impostor('earlyoom', { exe: null })],
  [
    "one in a unit of her own user's manager",
    impostor('earlyoom', {
      unit: 'earlyoom.service',
      cgroup: '/user.slice/user-1066.slice/user@1066.service/app.slice/earlyoom.service',
    }),
  ],
  ['another program under that name', impostor('earlyoom', { exe: '/usr/bin/sleep' })],
  [
    'a script of hers',
    impostor('nohang', { exe: '/usr/bin/python3', cmdline: ['python3', './nohang'] }),
  ],
])('%s is none', (_, current) => {
  const { verdict, actor } = judge(aCase(killedBy(aSignal({ current })))).answer;
  expect(verdict.cause).toBe('signal-from-process');
  expect(actor?.pid).toBe(1066);
});
