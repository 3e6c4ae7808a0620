import { describe, expect, it } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { readJournal } from './journal.ts';

type Fields = Readonly<Record<string, unknown>>;

const time = { __REALTIME_TIMESTAMP: '1770377861123456', __MONOTONIC_TIMESTAMP: '99000000' };
const at = '2026-02-06T11:37:41.123456Z';

async function read(...records: readonly (Fields | string)[]): Promise<RawEvent[]> {
  const lines = records.map((record) =>
    typeof record === 'string'
      ? record
      : JSON.stringify({ ...time, _HOSTNAME: 'web-1', ...record }),
  );
  async function* bytes() {
    yield Buffer.from(`${lines.join('\n')}\n`);
  }
  const events: RawEvent[] = [];
  for await (const event of readJournal(bytes(), { file: '-', now: new Date() }))
    events.push(event);
  return events;
}

const kill =
  'Out of memory: Killed process 5 (a b) total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:0kB';
const systemd = {
  _TRANSPORT: 'journal',
  SYSLOG_IDENTIFIER: 'systemd',
  _COMM: 'systemd',
  _PID: '1',
};

describe('the kernel in the journal', () => {
  it('is believed with its own time', async () => {
    const record = { _TRANSPORT: 'kernel', SYSLOG_FACILITY: '0', SYSLOG_IDENTIFIER: 'kernel' };
    const events = await read({
      ...record,
      MESSAGE: kill,
      _SOURCE_MONOTONIC_TIMESTAMP: '98999999',
    });
    expect(events).toMatchObject([
      { kind: 'oom-kill', source: 'journal', at, bootUs: 98_999_999, pid: 5, comm: 'a b' },
    ]);
  });

  it.each([{}, { SYSLOG_FACILITY: '0' }])(
    'is believed where an export left the transport out: %o',
    async (record) => {
      const kernel = { ...record, SYSLOG_IDENTIFIER: 'kernel', MESSAGE: kill };
      expect(await read(kernel)).toMatchObject([{ kind: 'oom-kill', pid: 5, host: 'web-1' }]);
    },
  );

  it.each([
    { SYSLOG_IDENTIFIER: 'kernel', _PID: '77' },
    { SYSLOG_IDENTIFIER: 'kernel', SYSLOG_PID: '77' },
    { SYSLOG_IDENTIFIER: 'kernel', SYSLOG_FACILITY: '1' },
    { _TRANSPORT: 'syslog', SYSLOG_IDENTIFIER: 'kernel', SYSLOG_FACILITY: '0' },
    { _TRANSPORT: 'stdout', SYSLOG_IDENTIFIER: 'kernel' },
    { _TRANSPORT: 'journal', SYSLOG_IDENTIFIER: 'app' },
    { _TRANSPORT: 'kernel', SYSLOG_FACILITY: '1', SYSLOG_IDENTIFIER: 'app' },
  ])('is not believed from %o', async (record) => {
    expect(await read({ ...record, MESSAGE: kill })).toEqual([]);
  });

  it('knows the boot', async () => {
    const MESSAGE = 'Linux version 6.1.0-18-amd64 (debian-kernel@lists.debian.org) (gcc-12) #1 SMP';
    const _BOOT_ID = '0123456789abcdef0123456789abcdef';
    expect(await read({ _TRANSPORT: 'kernel', MESSAGE, _BOOT_ID })).toMatchObject([
      { kind: 'boot', kernel: '6.1.0-18-amd64', bootId: _BOOT_ID, host: 'web-1' },
    ]);
  });
});

describe('structured records', () => {
  it('give unit, exit and result', async () => {
    const events = await read(
      {
        ...systemd,
        MESSAGE_ID: '98e322203f7a4ed290d09fe03c09fe15',
        UNIT: 'a.service',
        COMMAND: '/usr/bin/web',
        EXIT_CODE: 'killed',
        EXIT_STATUS: '9',
        MESSAGE: 'a.service: Main process exited, code=killed, status=9/KILL',
      },
      {
        ...systemd,
        MESSAGE_ID: 'd9b373ed55a64feb8242e02dbe79a49c',
        UNIT: 'a.service',
        UNIT_RESULT: 'timeout',
        MESSAGE: "a.service: Failed with result 'timeout'.",
      },
      {
        ...systemd,
        MESSAGE_ID: 'de5b426a63be47a7b6ac3eaac82e2f6f',
        USER_UNIT: 'b.service',
        MESSAGE: 'Stopping A web server...',
      },
    );
    expect(events).toMatchObject([
      { unit: 'a.service', state: 'process-exited', code: 'killed', status: 9, comm: 'web' },
      { unit: 'a.service', state: 'failed', result: 'timeout', code: 'killed', status: 9 },
      { unit: 'b.service', state: 'stopping', text: 'Stopping A web server...' },
    ]);
  });

  it('give one core dump, whose name need not be UTF-8 text', async () => {
    const coredump = { SYSLOG_IDENTIFIER: 'systemd-coredump', _COMM: 'systemd-coredum' };
    const events = await read(
      {
        ...coredump,
        MESSAGE:
          'Process 77 (a) of user 0 terminated abnormally with signal 11/SEGV, processing...',
      },
      {
        ...coredump,
        MESSAGE_ID: 'fc2e22bc6ee647b6b90729ab34a250b1',
        COREDUMP_PID: '77',
        COREDUMP_COMM: [119, 111, 10],
        COREDUMP_EXE: '/usr/bin/wo',
        COREDUMP_UID: '1000',
        COREDUMP_UNIT: 'wo.service',
        COREDUMP_SIGNAL: '11',
        MESSAGE: null,
      },
    );
    expect(events).toMatchObject([
      {
        ...{ kind: 'coredump', pid: 77, comm: 'wo\n', exe: '/usr/bin/wo', uid: 1000 },
        ...{ unit: 'wo.service', signal: 'SIGSEGV' },
      },
    ]);
  });

  it('give the leader of a session', async () => {
    const events = await read({
      SYSLOG_IDENTIFIER: 'systemd-logind',
      _COMM: 'systemd-logind',
      _PID: '400',
      MESSAGE_ID: '8d45620c1a4348dbb17410da57c60c66',
      LEADER: '445',
      MESSAGE: 'New session 7 of user alice.',
    });
    expect(events).toMatchObject([{ kind: 'login', user: 'alice', session: '7', pid: 445 }]);
  });
});

describe('names and shapes', () => {
  it.each([
    ['cron', '(root) CMD (x)', 'logger', 'cron'],
    ['crond', '(root) CMD (x)', 'logger', 'crond'],
    ['crontab', '(root) REPLACE (root)', 'logger', 'crontab'],
    ['atd', "Starting job 5 (a0000501c2f3a4) for user 'al' (1000)", 'logger', 'atd'],
  ])('takes no forged word of %s', async (SYSLOG_IDENTIFIER, MESSAGE, forger, own) => {
    expect(await read({ SYSLOG_IDENTIFIER, _COMM: forger, MESSAGE })).toEqual([]);
    expect(await read({ SYSLOG_IDENTIFIER, _COMM: own, MESSAGE })).toHaveLength(1);
  });

  it('does not believe a program that borrows a name', async () => {
    const MESSAGE = 'Accepted password for root from 10.0.0.6 port 9 ssh2';
    expect(await read({ SYSLOG_IDENTIFIER: 'sshd', _COMM: 'logger', MESSAGE })).toEqual([]);
    expect(await read({ SYSLOG_IDENTIFIER: 'sshd', _COMM: 'sshd-session', MESSAGE })).toHaveLength(
      1,
    );
    const forged = {
      ...systemd,
      _COMM: 'logger',
      UNIT: 'a.service',
      MESSAGE_ID: 'de5b426a63be47a7b6ac3eaac82e2f6f',
    };
    expect(await read(forged)).toEqual([]);
  });

  it('takes the first of several values', async () => {
    const record = { _TRANSPORT: ['kernel', 'x'], MESSAGE: [kill, 'other'] };
    expect(await read(record)).toHaveLength(1);
  });

  it('reads pretty, seq and sse output, and goes on after torn records', async () => {
    const record = JSON.stringify({ ...time, _TRANSPORT: 'kernel', MESSAGE: kill });
    const pretty = JSON.stringify({ ...time, _TRANSPORT: 'kernel', MESSAGE: kill }, null, '\t');
    const events = await read(
      `\u001e${record}`,
      `data: ${record}`,
      pretty,
      record.slice(0, 40),
      '{',
      record,
      '[]',
      'null',
    );
    expect(events).toHaveLength(4);
  });

  it('gives null for times that are no times', async () => {
    const record = { _TRANSPORT: 'kernel', MESSAGE: kill, __MONOTONIC_TIMESTAMP: '-1' };
    const [event] = await read({ ...record, __REALTIME_TIMESTAMP: '99999999999999999999' });
    expect(event).toMatchObject({ at: null });
    expect(event).not.toHaveProperty('bootUs');
  });
});

describe('the word of sudo', () => {
  const asked = {
    SYSLOG_IDENTIFIER: 'sudo',
    _TRANSPORT: 'syslog',
    _COMM: 'sudo',
    _EXE: '/usr/bin/sudo',
    _AUDIT_SESSION: '7',
    _AUDIT_LOGINUID: '1000',
    MESSAGE: '   alice : TTY=pts/2 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/systemctl stop nginx',
  };

  it('comes with its session', async () => {
    expect(await read(asked)).toMatchObject([
      {
        ...{ kind: 'privilege', user: 'alice', tty: 'pts/2', session: 7, auid: 1000 },
        command: '/usr/bin/systemctl stop nginx',
      },
    ]);
    const unset = { ...asked, _AUDIT_SESSION: '4294967295', _AUDIT_LOGINUID: '4294967295' };
    expect(await read(unset)).toMatchObject([{ session: null, auid: null }]);
  });

  it.each([
    ['of another program', { _COMM: 'logger', _EXE: '/usr/bin/logger' }],
    ['of a program called so', { _EXE: '/home/mallory/sudo' }],
    ['of one that was gone before anybody looked', { _COMM: null, _EXE: null }],
  ])('%s is nobody’s', async (_, writer) => {
    expect(await read({ ...asked, ...writer })).toEqual([]);
  });
});
