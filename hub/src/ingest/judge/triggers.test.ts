import type { Event, EventOf } from '@coroner/schema/event/event';
import { expect, test } from 'vitest';
import { subjectOf } from '../../store/events/event-row.ts';
import { killed } from '../../testing/deaths.ts';
import { triggersOf } from './triggers.ts';

const at = (second: number): string =>
  `2026-08-01T03:00:${String(second).padStart(2, '0')}.000000Z`;

const rowOf = (body: Event, host = 'web-3') => ({
  id: body.id,
  host,
  boot_id: 'boot-1',
  kind: body.kind,
  source: body.source,
  at: body.at ?? '',
  ...subjectOf(body),
  body,
  received_at: at(0),
});

const crash = (second: number): Event => ({
  kind: 'crash',
  id: `crash-at-${second}`,
  source: 'kmsg',
  at: at(second),
  pid: 7,
  comm: 'php',
  trap: 'segfault',
});

test('a crash line tells about its process and about all that died close by', () => {
  expect(triggersOf([rowOf(crash(30))])).toEqual({
    units: [],
    origins: [],
    connections: [],
    pids: [
      {
        host: 'web-3',
        pid: 7,
        from: '2026-08-01T02:59:30.000000Z',
        until: '2026-08-01T03:10:30.000000Z',
      },
    ],
    spans: [{ host: 'web-3', from: at(20), until: at(40) }],
  });
});

test('overlapping spans of a host become one, those of another stay apart', () => {
  const { spans } = triggersOf([rowOf(crash(45)), rowOf(crash(30)), rowOf(crash(30), 'web-4')]);
  expect(spans).toEqual([
    { host: 'web-3', from: at(20), until: at(55) },
    { host: 'web-4', from: at(20), until: at(40) },
  ]);
});

test('a record that names its process says nothing about the neighbours', () => {
  const body: Event = {
    kind: 'kill-syscall',
    id: 'kill-syscall-1',
    source: 'audit',
    at: at(30),
    senderPid: 9,
    targetPid: 7,
  };
  const { pids, spans } = triggersOf([rowOf(body)]);
  expect(pids).toMatchObject([{ pid: 7 }]);
  expect(spans).toEqual([]);
});

test('a gap tells about its whole time and what is close to it; a death about nothing', () => {
  const gap: EventOf<'gap'> = {
    kind: 'gap',
    id: 'a-gap-event',
    source: 'agent',
    at: at(50),
    of: 'kmsg',
    since: '2026-08-01T03:00:10Z',
    until: '2026-08-01T03:00:20Z',
    lost: 3,
    reason: 'overrun',
  };
  expect(triggersOf([rowOf(gap)]).spans).toEqual([{ host: 'web-3', from: at(0), until: at(30) }]);
  const ofProbe = triggersOf([rowOf({ ...gap, of: 'probe' })]).spans;
  expect(ofProbe).toEqual([{ host: 'web-3', from: at(10), until: at(20) }]);
  expect(triggersOf([rowOf(killed({ at: at(0) }))])).toEqual({
    pids: [],
    units: [],
    spans: [],
    origins: [],
    connections: [],
  });
});

test('a unit line tells about its unit for as long as a stop may take', () => {
  const body: Event = {
    kind: 'unit',
    id: 'unit-line-1',
    source: 'journal',
    at: at(30),
    unit: 'nginx.service',
    state: 'stopping',
  };
  expect(triggersOf([rowOf(body)]).units).toEqual([
    {
      host: 'web-3',
      unit: 'nginx.service',
      from: '2026-08-01T02:58:30.000000Z',
      until: '2026-08-01T03:02:30.000000Z',
    },
  ]);
});

test('a login, or a cron line, tells about all that was done since', () => {
  const login: Event = { kind: 'login', id: 'login-line-1', source: 'wtmp', at: at(30), user: 'a' };
  const line: Event = {
    kind: 'cron-job',
    id: 'cron-line-1',
    source: 'crontab',
    at: at(50),
    file: '/etc/crontab',
    line: 3,
    user: 'root',
    schedule: '@daily',
    command: 'x',
    nextRun: null,
  };
  const { spans, origins } = triggersOf([rowOf(login), rowOf(line)]);
  expect(spans).toEqual([]);
  expect(origins).toMatchObject([{ host: 'web-3', from: '2026-08-01T02:59:30.000000Z' }]);
});

test('a command in the audit log is about all around it only where it asks for an end', () => {
  const spansOf = (cmdline: string[]) => {
    const body: Event = {
      ...{ kind: 'audit-record', id: 'an-audit-record', source: 'audit', at: at(30), serial: 1 },
      ...{ types: ['SYSCALL', 'EXECVE'], pid: 7, cmdline },
    };
    return triggersOf([rowOf(body)]).spans;
  };
  expect(spansOf(['systemctl', 'stop', 'nginx'])).toHaveLength(1);
  expect(spansOf(['systemctl', 'status', 'nginx'])).toEqual([]);
});
