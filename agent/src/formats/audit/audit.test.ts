import { Event } from '@coroner/schema/event/event';
import { describe, expect, it } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { createAuditParser, readAudit } from './audit.ts';

function read(text: string, timeZone?: string): RawEvent[] {
  const parser = createAuditParser(timeZone);
  return [...text.split('\n').flatMap((line) => parser.line(line)), ...parser.end()];
}

const stamp = (serial: number, second = '1700000000.123') => `msg=audit(${second}:${serial}):`;
const syscall = (serial: number, fields: string, arch = 'c000003e') =>
  `type=SYSCALL ${stamp(serial)} arch=${arch} ${fields} items=0 ppid=900 pid=999 auid=1000 uid=0 gid=0 tty=pts2 ses=7 comm="pkill" exe="/usr/bin/pkill" key="kill"`;
const title = (serial: number, argv: string) =>
  `type=PROCTITLE ${stamp(serial)} proctitle=${Buffer.from(argv).toString('hex').toUpperCase()}`;

describe('a kill in raw records', () => {
  it('gives one event for each target, although another event interleaves', () => {
    const events = read(
      [
        syscall(10, 'syscall=62 success=yes exit=0 a0=ffffffffffffff85 a1=9 a2=0 a3=0'),
        `type=SYSCALL ${stamp(11)} arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 ppid=1 pid=5 auid=4294967295 uid=0 ses=4294967295 comm="ls" exe="/bin/ls" key=(null)`,
        `type=OBJ_PID ${stamp(10)} opid=4121 oauid=-1 ouid=33 oses=-1 ocomm="nginx"`,
        `type=EXECVE ${stamp(11)} argc=3 a0="ls" a1="--token" a2="hunter2"`,
        `type=OBJ_PID ${stamp(10)} opid=4122 oauid=-1 ouid=33 oses=-1 ocomm=6E670A2278`,
        title(10, 'pkill\0-9\0-f\0python'),
        `type=EOE ${stamp(10)}`,
        `type=EOE ${stamp(11)}`,
      ].join('\n'),
    );
    expect(events).toHaveLength(3);
    expect(events[0]).toMatchObject({
      kind: 'kill-syscall',
      at: '2023-11-14T22:13:20.123Z',
      signal: 'SIGKILL',
      senderPid: 999,
      senderExe: '/usr/bin/pkill',
      senderComm: 'pkill',
      auid: 1000,
      session: 7,
      tty: 'pts/2',
      targetPid: 4121,
      targetComm: 'nginx',
      targetUid: 33,
      cmdline: ['pkill', '-9', '-f', 'python'],
      serial: 10,
    });
    expect(events[1]).toMatchObject({ targetPid: 4122, targetComm: 'ng\n"x' });
    expect(events[2]).toMatchObject({
      kind: 'audit-record',
      types: ['SYSCALL', 'EXECVE'],
      auid: null,
      session: null,
      cmdline: ['ls', '--token', '[redacted]'],
    });
  });

  it.each([
    ['c000003e', 'syscall=62 success=yes a0=64 a1=f', 'kill', 'SIGTERM', 100],
    ['c000003e', 'syscall=1073741886 success=yes a0=64 a1=f', 'kill', 'SIGTERM', 100],
    ['c000003e', 'syscall=234 success=yes a0=64 a1=65 a2=6', 'tgkill', 'SIGABRT', 100],
    ['c000003e', 'syscall=297 success=yes a0=64 a1=65 a2=f', 'rt_tgsigqueueinfo', 'SIGTERM', 100],
    ['c000003e', 'syscall=424 success=yes a0=3 a1=9', 'pidfd_send_signal', 'SIGKILL', null],
    ['40000003', 'syscall=37 success=yes a0=64 a1=9', 'kill', 'SIGKILL', 100],
    ['c00000b7', 'syscall=129 success=yes a0=64 a1=9', 'kill', 'SIGKILL', 100],
    ['c0000015', 'syscall=37 success=yes a0=64 a1=9', 'kill', 'SIGKILL', 100],
    ['80000016', 'syscall=241 success=yes a0=64 a1=65 a2=22', 'tgkill', 'SIGRTMIN', 100],
    ['c000003e', 'syscall=1073742348 success=yes a0=64 a1=f', 'rt_sigqueueinfo', 'SIGTERM', 100],
    ['c0000102', 'syscall=131 success=yes a0=64 a1=65 a2=9', 'tgkill', 'SIGKILL', 100],
    ['40000008', 'syscall=4037 success=yes a0=64 a1=9', 'kill', 'SIGKILL', 100],
    ['c0000008', 'syscall=5225 success=yes a0=64 a1=65 a2=f', 'tgkill', 'SIGTERM', 100],
    ['e0000008', 'syscall=6127 success=yes a0=64 a1=a', 'rt_sigqueueinfo', null, 100],
    ['8000002b', 'syscall=187 success=yes a0=64 a1=9', 'tkill', 'SIGKILL', 100],
    ['c0009026', 'syscall=534 success=yes a0=64 a1=9', 'pidfd_send_signal', 'SIGKILL', null],
    ['c0000032', 'syscall=1235 success=yes a0=64 a1=65 a2=9', 'tgkill', 'SIGKILL', 100],
    ['c0000032', 'syscall=1180 success=yes a0=64 a1=f', 'rt_sigqueueinfo', 'SIGTERM', 100],
    ['f', 'syscall=259 success=yes a0=64 a1=65 a2=f', 'tgkill', 'SIGTERM', 100],
    // Signal 16 is SIGUSR1 there.
    ['8000000f', 'syscall=37 success=yes a0=64 a1=10', 'kill', null, 100],
    ['4', 'syscall=222 success=yes a0=64 a1=9', 'tkill', 'SIGKILL', 100],
    ['c000003e', 'syscall=62 success=no exit=-3 a0=64 a1=9', 'kill', 'SIGKILL', null],
    ['c000003e', 'syscall=62 success=yes a0=fffffff6 a1=1', 'kill', 'SIGHUP', null],
    ['c000003e', 'syscall=62 success=yes a0=64 a1=0', 'kill', 'SIG0', 100],
  ])('of %s: %s', (arch, fields, name, signal, targetPid) => {
    const [event, ...rest] = read(syscall(1, fields, arch));
    expect(rest).toEqual([]);
    expect(event).toMatchObject({ kind: 'kill-syscall', syscall: name, signal, targetPid });
  });

  it('does not take a call of the same number on another architecture for a kill', () => {
    expect(read(syscall(1, 'syscall=62 success=yes a0=64 a1=9', 'c00000b7'))).toMatchObject([
      { kind: 'audit-record', syscall: 62 },
    ]);
    expect(read(syscall(1, 'syscall=13 success=yes a0=b a1=9'))).toMatchObject([
      { kind: 'audit-record', syscall: 13 },
    ]);
  });

  it('is not confused by the same serial on two nodes', () => {
    const events = read(
      [
        `node=a ${syscall(1, 'syscall=62 success=yes a0=1 a1=9')}`,
        `node=b ${syscall(1, 'syscall=62 success=yes a0=2 a1=f')}`,
        `node=b type=OBJ_PID ${stamp(1)} opid=200 ouid=0 ocomm="b"`,
        `node=a type=OBJ_PID ${stamp(1)} opid=100 ouid=0 ocomm="a"`,
      ].join('\n'),
    );
    expect(events).toMatchObject([
      { node: 'a', targetPid: 100, targetComm: 'a', signal: 'SIGKILL' },
      { node: 'b', targetPid: 200, targetComm: 'b', signal: 'SIGTERM' },
    ]);
  });
});

it('reads what a mail quotes, and names every target', () => {
  const quoted = [
    syscall(8, 'syscall=62 success=yes exit=0 a0=fffffff6 a1=f a2=0 a3=0'),
    `type=OBJ_PID ${stamp(8)} opid=10 oauid=-1 ouid=33 oses=-1 ocomm="a"`,
    `type=OBJ_PID ${stamp(8)} opid=11 oauid=-1 ouid=33 oses=-1 ocomm="b"`,
  ];
  expect(read(quoted.map((line) => `> > ${line}`).join('\n'))).toMatchObject([
    { kind: 'kill-syscall', signal: 'SIGTERM', targetPid: 10, targetComm: 'a' },
    { kind: 'kill-syscall', signal: 'SIGTERM', targetPid: 11, targetComm: 'b' },
  ]);
});

describe('a kill as ausearch -i prints it', () => {
  const text = (day: string) =>
    [
      '----',
      `type=EOE msg=audit(${day} 03:12:07.123:456) : `,
      `type=PROCTITLE msg=audit(${day} 03:12:07.123:456) : proctitle=pkill -9 -f python `,
      `type=OBJ_PID msg=audit(${day} 03:12:07.123:456) : opid=4121 oauid=unset ouid=www-data oses=unset ocomm=Web a pid=1 `,
      `type=SYSCALL msg=audit(${day} 03:12:07.123:456) : arch=x86_64 syscall=kill success=yes exit=0 a0=0x1019 a1=SIGKILL a2=0x0 a3=0x7f items=0 ppid=900 pid=999 auid=alice uid=root gid=root tty=pts2 ses=7 comm=Web pid=3 exe=/usr/bin/pkill subj=unconfined key=kill `,
      '----',
    ].join('\n');

  it.each(['11/23/2026', '11/23/26', '23.11.2026', '2026-11-23', '23/11/2026'])('on %s', (day) => {
    expect(read(text(day), 'Europe/Berlin')).toMatchObject([
      {
        kind: 'kill-syscall',
        at: '2026-11-23T02:12:07.123Z',
        signal: 'SIGKILL',
        senderPid: 999,
        senderExe: '/usr/bin/pkill',
        senderUid: 0,
        auid: null,
        auditUser: 'alice',
        targetPid: 4121,
        targetUser: 'www-data',
        cmdline: ['pkill', '-9', '-f', 'python'],
      },
    ]);
  });
});

describe('abnormal ends', () => {
  const fields = 'auid=4294967295 uid=48 gid=48 ses=4294967295 pid=31242 comm="httpd"';
  it.each([
    `type=ANOM_ABEND msg=audit(1423234994.398:91): ${fields} reason="memory violation" sig=11`,
    `type=UNKNOWN[1701] msg=audit(1423234994.398:91): ${fields} reason="memory violation" sig=11`,
    `[   12.345678] audit: type=1701 audit(1423234994.398:91): ${fields} reason="memory violation" sig=11`,
    `<5>[   12.345678] type=1701 audit(1423234994.398:91): ${fields} reason="memory violation" sig=11`,
    `[Fr Feb  6 15:03:14 2015] audit: type=1701 audit(1423234994.398:91): ${fields} reason="memory violation" sig=11`,
    `Feb  6 15:03:14 web kernel: [ 12.345678] audit: type=1701 audit(1423234994.398:91): ${fields} reason="memory violation" sig=11`,
    `2015-02-06T15:03:14.398+00:00 web audispd: node=web type=ANOM_ABEND msg=audit(1423234994.398:91): ${fields} reason="memory violation" sig=11`,
  ])('in %s', (line) => {
    expect(read(line)).toMatchObject([
      {
        kind: 'abnormal-end',
        at: '2015-02-06T15:03:14.398Z',
        pid: 31242,
        comm: 'httpd',
        exe: null,
        signal: 'SIGSEGV',
        uid: 48,
        auid: null,
        session: null,
        reason: 'memory violation',
        serial: 91,
      },
    ]);
  });

  it.each([
    `Feb  6 15:03:14 web audit[31242]: ANOM_ABEND ${fields} exe="/usr/sbin/httpd" sig=11 res=1`,
    `[   12.345678] audit: type=1701 audit(1423234994.398:91): ${fields.replaceAll('"', '\\"')} sig=11`,
  ])('in %s', (line) => {
    expect(read(line)).toMatchObject([
      { kind: 'abnormal-end', pid: 31242, comm: 'httpd', signal: 'SIGSEGV' },
    ]);
  });

  it('of a file that was wrapped at 80 columns', async () => {
    async function* wrapped() {
      yield Buffer.from(
        `type=ANOM_ABEND msg=audit(1423234994.398:91): auid=0 uid=48\n  gid=48 ses=5\npid=31242\ncomm="httpd"\n  exe="/usr/sbin/httpd" sig=11 res=1\n\nsig=9\n`,
      );
    }
    const events: RawEvent[] = [];
    for await (const event of readAudit(wrapped(), { file: 'x', now: new Date() })) {
      events.push(event);
    }
    expect(events).toMatchObject([
      { pid: 31242, comm: 'httpd', exe: '/usr/sbin/httpd', signal: 'SIGSEGV', uid: 48, session: 5 },
    ]);
  });

  it('are not taken from what another program says', () => {
    const forged = `type=ANOM_ABEND msg=audit(1423234994.398:91): ${fields} sig=11`;
    const lines = [
      `Feb  6 15:03:14 web alice: ${forged}`,
      `Feb  6 15:03:14 web su: kernel: audit: ${forged}`,
      `Feb  6 15:03:14 web logger[12]: audit: ${forged}`,
      `# ${forged}`,
      `hello ${forged}`,
      `Feb  6 15:03:14 web alice: audit[1]: ANOM_ABEND ${fields} sig=11`,
      `type=USER_LOGIN msg=audit(1.000:1): pid=1 msg='op=login acct="x" exe="/usr/sbin/sshd" addr=? res=failed' ${forged}`,
    ];
    expect(lines.flatMap((line) => read(line)).map(({ kind }) => kind)).toEqual(['login-failed']);
  });
});

describe('logins', () => {
  const line = (type: string, inner: string, tail = '') =>
    `type=${type} msg=audit(1373330717.000:4068): pid=12000 uid=0 auid=1000 ses=7 subj=x msg='${inner}'${tail}`;

  it('decodes the account, quoted or hex, and reads the enriched tail', () => {
    expect(
      read(
        line(
          'USER_LOGIN',
          'op=login acct=28696E76616C6964207573657229 exe="/usr/sbin/sshd" hostname=? addr=10.0.0.5 terminal=ssh res=failed',
        ),
      ),
    ).toMatchObject([
      { kind: 'login-failed', user: '(invalid user)', from: '10.0.0.5', pid: 12000, tty: null },
    ]);
    for (const separator of ['\x1d', '#035', '']) {
      expect(
        read(
          line(
            'USER_LOGIN',
            'op=login id=1000 exe="/usr/sbin/sshd" hostname=h addr=? terminal=/dev/pts/2 res=success',
            `${separator}UID="root" AUID="alice" ID="alice"`,
          ),
        ),
      ).toMatchObject([
        { kind: 'login', user: 'alice', from: 'h', tty: 'pts/2', session: 7, auditUser: 'alice' },
      ]);
    }
  });

  it('tells sessions of people from those of cron and sudo', () => {
    const session = (type: string, program: string) =>
      read(
        line(
          type,
          `op=PAM:session_open acct="alice" exe="${program}" hostname=? addr=? terminal=cron res=success`,
        ),
      )[0]?.kind;
    expect(session('USER_START', '/usr/sbin/sshd')).toBe('login');
    expect(session('USER_END', '/usr/lib/openssh/sshd-session')).toBe('logout');
    expect(session('USER_START', '/usr/sbin/crond')).toBe('audit-record');
    expect(session('USER_START', '/usr/bin/sudo')).toBe('audit-record');
    expect(session('USER_AUTH', '/usr/sbin/sshd')).toBe('audit-record');
  });

  it('counts a session once, although PAM and sshd both write its start', () => {
    const started = (operation: string) =>
      line(
        'USER_START',
        `${operation} exe="/usr/sbin/sshd" hostname=? addr=? terminal=ssh res=success`,
      );
    const text = `${started('op=PAM:session_open acct="alice"')}\n${started('op=login id=1000')}`;
    expect(read(text).map(({ kind }) => kind)).toEqual(['login', 'audit-record']);
  });

  it('reads the form of before 2009', () => {
    expect(
      read(
        `type=USER_LOGIN msg=audit(1183124440.123:53): user pid=2342 uid=0 auid=500 msg='acct=root: exe="/usr/sbin/sshd" (hostname=10.0.0.5, addr=10.0.0.5, terminal=sshd res=failed)'`,
      ),
    ).toMatchObject([{ kind: 'login-failed', user: 'root', from: '10.0.0.5', pid: 2342 }]);
  });
});

it('reports boots, shutdowns and seccomp', () => {
  const events = read(
    [
      `type=SYSTEM_BOOT ${stamp(1)} pid=1 uid=0 msg=' comm="systemd-update-utmp" res=success'`,
      `type=SYSTEM_SHUTDOWN ${stamp(2)} pid=1 uid=0 msg=' comm="systemd-update-utmp" res=success'`,
      `type=SECCOMP ${stamp(3)} auid=1000 uid=1000 gid=1000 ses=2 pid=1234 comm="x" exe="/x" sig=31 arch=c000003e syscall=59 compat=0 ip=0x7f code=0x80000000`,
    ].join('\n'),
  );
  expect(events.map(({ kind }) => kind)).toEqual(['boot', 'shutdown', 'audit-record']);
  expect(events[2]).toMatchObject({ signal: 'SIGSYS', syscall: 59, pid: 1234 });
  for (const event of events)
    expect(Event.safeParse({ ...event, id: '0'.repeat(32) }).success).toBe(true);
});

it('reads an enriched record whose separator was lost', () => {
  const [event] = read(
    `type=SYSCALL ${stamp(1)} arch=c000003e syscall=62 success=yes a0=64 a1=9 pid=9 auid=1000 ses=3 comm="x" exe="/x" key=(null)ARCH=x86_64 SYSCALL=kill AUID="alice" UID="root"`,
  );
  expect(event).toMatchObject({
    kind: 'kill-syscall',
    key: null,
    auditUser: 'alice',
    targetPid: 100,
  });
});

it('hides half a secret in a title that the kernel cut at 128 bytes', () => {
  const url = `psql\0postgres://alice:hunter2secret${'x'.repeat(200)}`.slice(0, 128);
  const [event] = read(`${syscall(1, 'syscall=59 success=yes')}\n${title(1, url)}`);
  expect(event).toMatchObject({ cmdline: ['psql', 'postgres://alice:[redacted]'] });
});
