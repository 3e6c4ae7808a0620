import type { Event } from '@coroner/schema/event/event';
import { expect, test } from 'vitest';
import type { Hint, NearbyDeath } from '../../store/deaths/death-hints.ts';
import { subjectOf } from '../../store/events/event-row.ts';
import { mustWait, newDeaths } from './same-death.ts';

const at = (second: number): string =>
  new Date(Date.UTC(2026, 7, 1, 3, 0, second)).toISOString().replace('Z', '000Z');

let ids = 0;
function hint(
  second: number,
  facts: { kind: Event['kind']; [fact: string]: unknown },
  nearby: NearbyDeath[] = [],
) {
  ids += 1;
  const id = `event-${ids}`;
  const body = { source: 'log', id, at: at(second), ...facts } as Event;
  const { kind, source } = body;
  const row = { id, host: 'h', boot_id: 'b', kind, source, at: at(second), ...subjectOf(body) };
  return {
    row: { ...row, body, received_at: at(second) },
    nearby,
    isWatched: false,
  } satisfies Hint;
}

const crash = (second: number, pid: number, comm = 'php') =>
  hint(second, { kind: 'crash', pid, comm, trap: 'segfault' });
const core = (second: number, pid: number, comm = 'php') =>
  hint(second, { kind: 'coredump', pid, comm, signal: 'SIGSEGV' });
const unit = (second: number, name: string, status: string, code = 'killed') =>
  hint(second, { kind: 'unit', unit: name, state: 'process-exited', code, status });
const oom = (second: number, pid: number, comm: string, taskMemcg: string | null = null) =>
  hint(second, { kind: 'oom-kill', pid, comm, taskMemcg });
const acct = (second: number, pid: number, signal = 'SIGKILL', comm = 'php') =>
  hint(second, { kind: 'process-accounting', pid, comm, signal });
const abend = (second: number, pid: number, comm = 'php') =>
  hint(second, { kind: 'abnormal-end', pid, comm, signal: 'SIGSEGV' });

test.each<[string, Hint[], string[]]>([
  [
    'a fault line, its core and its audit record',
    [crash(0, 5), core(1, 5), abend(0, 5)],
    ['5 SIGSEGV'],
  ],
  ['a fault in a thread, and the core of its process', [crash(0, 7), core(2, 5)], ['5 SIGSEGV']],
  [
    "a worker's fault, and its parent's word about it",
    [
      crash(0, 5, 'nginx'),
      hint(1, {
        kind: 'reported-end',
        reporter: 'nginx',
        pid: 5,
        comm: 'nginx',
        signal: 'SIGSEGV',
      }),
    ],
    ['5 SIGSEGV'],
  ],
  [
    "a parent's word alone, with and without a pid",
    [
      hint(0, {
        kind: 'reported-end',
        reporter: 'uwsgi',
        pid: 7,
        comm: 'uwsgi',
        signal: 'SIGKILL',
      }),
      hint(0, {
        kind: 'reported-end',
        reporter: 'supervisord',
        pid: null,
        comm: 'a',
        signal: 'SIGKILL',
      }),
    ],
    ['7 SIGKILL'],
  ],
  ['two faults of one program', [crash(0, 5), crash(1, 6)], ['5 SIGSEGV', '6 SIGSEGV']],
  ['two faults and one core', [crash(0, 7), crash(0, 8), core(1, 5)], ['5 SIGSEGV', '8 SIGSEGV']],
  [
    'an OOM kill, and its unit',
    [oom(0, 5, 'java', '/system.slice/app.service'), unit(1, 'app.service', '9/KILL')],
    ['5 SIGKILL'],
  ],
  [
    'an OOM kill, and another unit later',
    [oom(0, 5, 'java', '/system.slice/app.service'), unit(20, 'other.service', '9/KILL')],
    ['5 SIGKILL', '0 SIGKILL'],
  ],
  [
    'a fault, and its unit',
    [crash(0, 5), unit(1, 'web.service', '11/SEGV', 'dumped')],
    ['5 SIGSEGV'],
  ],
  [
    'a fault in a thread, and the main process of its unit',
    [
      crash(0, 7),
      hint(0, {
        ...{ kind: 'unit', unit: 'web.service', state: 'process-exited', pid: 5 },
        ...{ code: 'dumped', status: '11/SEGV' },
      }),
    ],
    ['7 SIGSEGV'],
  ],
  [
    'a fault in a thread, its process in the accounting, and another process there',
    [crash(0, 7), acct(1, 5, 'SIGSEGV'), acct(1, 8, 'SIGKILL')],
    ['7 SIGSEGV', '8 SIGKILL'],
  ],
  [
    'a unit, and its process in the accounting',
    [unit(0, 'php.service', '9/KILL'), acct(1, 5)],
    ['0 SIGKILL'],
  ],
  [
    'accounting of an exit',
    [hint(0, { kind: 'process-accounting', pid: 5, comm: 'a', exitCode: 1 })],
    [],
  ],
  ['a unit alone', [unit(0, 'web.service', '15/TERM')], ['0 SIGTERM']],
  ['a unit that exited', [unit(0, 'web.service', '1', 'exited')], []],
  ['the same OOM kill in two logs', [oom(0, 5, 'java'), oom(1, 5, 'java')], ['5 SIGKILL']],
  [
    'two OOM kills of one program',
    [oom(0, 5, 'java'), oom(9, 6, 'java')],
    ['5 SIGKILL', '6 SIGKILL'],
  ],
  [
    'a daemon that does not say whom it killed',
    [
      hint(0, {
        kind: 'oom-daemon-kill',
        daemon: 'systemd-oomd',
        pid: 113,
        comm: null,
        cgroup: null,
        unit: null,
        signal: 'SIGKILL',
      }),
    ],
    [],
  ],
])('%s', (_what, hints, expected) => {
  expect(newDeaths(hints).map(({ death }) => `${death.victim.pid} ${death.exit.signal}`)).toEqual(
    expected,
  );
});

test('what a probe recorded is not told again, though the line has the number of a thread', () => {
  const recorded: NearbyDeath = {
    pid: 5,
    comm: 'php',
    unit: 'web.service',
    signal: 'SIGSEGV',
    diedAt: at(0),
    fromLog: false,
    evidence: [],
  };
  const hints = [crash(0, 7), core(1, 5), unit(1, 'web.service', '11/SEGV')];
  expect(newDeaths(hints.map((one) => ({ ...one, nearby: [recorded] })))).toEqual([]);
});

test('another death of the same process id a minute later is another death', () => {
  expect(newDeaths([core(0, 5), core(61, 5)])).toHaveLength(2);
});

test('a core names the unit of its process', () => {
  const told = hint(1, { kind: 'coredump', pid: 5, comm: 'php', unit: 'php.service' });
  expect(newDeaths([told])[0]?.death.victim).toMatchObject({ pid: 5, unit: 'php.service' });
});

test('a line of a text log alone counts only where no probe watched, and waits until that is known', () => {
  const line = crash(0, 5);
  const seen = [true, null, false].map((isWatched) => newDeaths([{ ...line, isWatched }]).length);
  expect(seen).toEqual([0, 0, 1]);
  expect(mustWait({ ...line, isWatched: null })).toBe(true);
  const ofKernel = { ...line.row, source: 'kmsg' };
  expect(mustWait({ ...line, row: ofKernel, isWatched: null })).toBe(false);
});
