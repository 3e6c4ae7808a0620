import { describe, expect, it } from 'vitest';
import { logParser } from '../../log/log-parser.ts';
import { eventsOf } from '../messages.fixture.ts';

describe('systemd about a unit', () => {
  it.each([
    [
      'a@b.service: Main process exited, code=killed, status=9/KILL',
      { unit: 'a@b.service', state: 'process-exited', code: 'killed', status: 9 },
    ],
    [
      'a.service: main process exited, code=exited, status=203/EXEC',
      { state: 'process-exited', status: 203 },
    ],
    [
      'a.service: Control process exited, code=exited status=1',
      { state: 'control-process-exited', status: 1 },
    ],
    ["a.service: Failed with result 'oom-kill'.", { state: 'failed', result: 'oom-kill' }],
    ['Unit a.service entered failed state.', { unit: 'a.service', state: 'failed' }],
    ['a.service: Deactivated successfully.', { state: 'stopped', result: 'success' }],
    ["a.service: State 'stop-sigterm' timed out. Killing.", { state: 'timeout' }],
    ["a.service: State 'stop-watchdog' timed out. Killing.", { state: 'timeout' }],
    ['a.service: start operation timed out. Terminating.', { state: 'timeout' }],
    ['a.service stopping timed out. Killing.', { state: 'timeout' }],
    ['a.service: Watchdog timeout (limit 30s)!', { state: 'watchdog', result: 'watchdog' }],
    ['a.service: Service reached runtime time limit. Stopping.', { state: 'timeout' }],
    ['session-3.scope: Scope reached runtime time limit. Stopping.', { unit: 'session-3.scope' }],
    [
      'a.service: Killing process 77 (we (b)) with signal SIGKILL.',
      { state: 'killing', pid: 77, comm: 'we (b)', status: 'SIGKILL' },
    ],
    [
      'a.service: Sent signal SIGUSR1 to main process 77 (web) on client request.',
      { state: 'kill-requested', pid: 77, comm: 'web', status: 'SIGUSR1' },
    ],
    [
      'a.service: Sending signal SIGTERM to process 77 (sleep) on client request.',
      { state: 'kill-requested', pid: 77, comm: 'sleep', status: 'SIGTERM' },
    ],
    [
      'system-x.slice: A process of this unit has been killed by the OOM killer.',
      { unit: 'system-x.slice', state: 'oom' },
    ],
    [
      'system-x.slice: The kernel OOM killer killed some processes in this unit.',
      { unit: 'system-x.slice', state: 'oom' },
    ],
    [
      'mnt-x.mount: Mount process exited, code=exited, status=32/n/a',
      { unit: 'mnt-x.mount', state: 'control-process-exited', code: 'exited', status: 32 },
    ],
    ['a.service: Scheduled restart job, restart counter is at 5.', { state: 'restarting' }],
    [
      'a.service: Service RestartSec=100ms expired, scheduling restart.',
      { unit: 'a.service', state: 'restarting' },
    ],
    ['a.service: Service hold-off time over, scheduling restart.', { state: 'restarting' }],
    ['a.service holdoff time over, scheduling restart.', { state: 'restarting' }],
    ['a.service: Start request repeated too quickly.', { state: 'start-limit-hit' }],
    ['Stopping a.service - A web server and a - dash...', { unit: 'a.service', state: 'stopping' }],
    ['Started a.service.', { unit: 'a.service', state: 'started' }],
  ])('%s', (text, facts) => {
    expect(eventsOf(`systemd[1]: ${text}`)).toMatchObject([{ kind: 'unit', text, ...facts }]);
  });

  it('repeats with the result how the main process exited', () => {
    const [, failed] = eventsOf(
      'systemd[34]: a.service: Main process exited, code=killed, status=9/KILL',
      "systemd[34]: a.service: Failed with result 'signal'.",
    );
    expect(failed).toMatchObject({ state: 'failed', result: 'signal', code: 'killed', status: 9 });
  });

  it('repeats it where the unit is said to have failed before the result is', () => {
    const lines = [
      'systemd[1]: a.service: Main process exited, code=killed, status=9/KILL',
      'systemd[1]: a.service: Unit entered failed state.',
      "systemd[1]: a.service: Failed with result 'signal'.",
    ];
    const exit = { code: 'killed', status: 9 };
    expect(eventsOf(...lines).slice(1)).toMatchObject([
      { state: 'failed', result: null, ...exit },
      { state: 'failed', result: 'signal', ...exit },
    ]);
    // A later failure is another one.
    const later = [
      'systemd[1]: a.service: Start operation timed out. Terminating.',
      "systemd[1]: a.service: Failed with result 'timeout'.",
    ];
    const last = eventsOf(...lines.slice(0, 2), ...later).at(-1);
    expect(last).toMatchObject({ state: 'failed', result: 'timeout' });
    expect(last).not.toHaveProperty('status');
    expect(eventsOf(...lines, ...lines.slice(1)).at(-1)).not.toHaveProperty('status');
  });

  it('names systemd-oomd where the manager does', () => {
    const text = 'app-x.scope: systemd-oomd killed 12 process(es) in this unit.';
    expect(eventsOf(`systemd[999]: ${text}`)).toMatchObject([
      { kind: 'oom-daemon-kill', daemon: 'systemd-oomd', unit: 'app-x.scope', pid: null },
      { kind: 'unit', unit: 'app-x.scope', state: 'oom' },
    ]);
  });

  it.each([
    'systemd[1]: Started A web server.',
    'systemd[1]: a.service: Consumed 1.152s CPU time.',
    'systemd[1]: a.service: Found left-over process 77 (web) in control group while starting unit. Ignoring.',
    'app[7]: a.service: Main process exited, code=killed, status=9/KILL',
  ])('sees nothing in: %s', (line) => {
    expect(eventsOf(line)).toEqual([]);
  });
});

describe('Upstart about a job', () => {
  it.each([
    ['mysql main process (77) killed by KILL signal', { code: 'killed', status: 'SIGKILL' }],
    ['mysql main process (77) terminated with status 3', { code: 'exited', status: 3 }],
  ])('%s', (text, facts) => {
    const unit = { kind: 'unit', unit: 'mysql', state: 'process-exited', pid: 77, ...facts };
    expect(eventsOf(`init: ${text}`)).toMatchObject([unit]);
    expect(eventsOf(`kernel: [  302.156376] init: ${text}`)).toMatchObject([unit]);
    expect(eventsOf(`upstart: ${text}`)).toMatchObject([unit]);
  });
});

describe('core dumps', () => {
  it.each([
    [
      'systemd-coredump[9]: [🡕] Process 77 (a (b)) of user 1000 dumped core.',
      { comm: 'a (b)', uid: 1000, signal: null },
    ],
    ['systemd-coredump[9]: Process 77 (ab) of user 0 received a fatal signal', { comm: 'ab' }],
    [
      'systemd-coredump[9]: Process 77 (ab) of user 0 terminated abnormally without generating a coredump.',
      { uid: 0 },
    ],
    ['systemd-coredump[9]: Process 77 (ab) dumped core.', { uid: null }],
    [
      'systemd-coredump[9]: Detected coredump of the journal daemon itself, diverted to /var/lib/systemd/coredump/core.ab.0.764a20295f824802bb8bf929af8987da.77.142969',
      { comm: 'ab', uid: 0, signal: null },
    ],
    [
      'abrt-hook-ccpp[9]: Process 77 (ab) of user 5 killed by SIGSEGV - dumping core',
      { signal: 'SIGSEGV', uid: 5 },
    ],
    [
      'abrt[9]: Saved core dump of pid 77 (/usr/bin/ab) to /var/spool/abrt/ccpp-77 (8 bytes)',
      { comm: 'ab', exe: '/usr/bin/ab' },
    ],
  ])('%s', (line, facts) => {
    expect(eventsOf(line)).toMatchObject([{ kind: 'coredump', pid: 77, ...facts }]);
  });

  it.each([
    [
      'apport[9]: pid 9: called for pid 77, signal 11, core limit 0',
      'apport[9]: executable: /usr/lib/a-program-of-a-long-name (command line "a -b")',
      { comm: 'a-program-of-a-', exe: '/usr/lib/a-program-of-a-long-name', signal: 'SIGSEGV' },
    ],
  ])('come with the program on the next line from apport', (first, second, facts) => {
    expect(eventsOf(first, second)).toMatchObject([{ kind: 'coredump', pid: 77, ...facts }]);
    expect(eventsOf(first)).toMatchObject([{ kind: 'coredump', pid: 77, signal: 'SIGSEGV' }]);
  });

  it('makes one of the announcement with the signal and the dump', () => {
    const events = eventsOf(
      'systemd-coredump[9]: Process 77 (ab) of user 0 terminated abnormally with signal 6/ABRT, processing...',
      'systemd-coredump[10]: Process 77 (ab) of user 0 dumped core.',
    );
    expect(events).toMatchObject([{ pid: 77, signal: 'SIGABRT' }]);
  });

  it('is none when only the limit is mentioned', () => {
    const line = 'systemd-coredump[9]: Resource limits disable core dumping for process 77 (ab).';
    expect(eventsOf(line)).toEqual([]);
  });
});

describe('what people paste of coredumpctl', () => {
  const read = (text: string) => {
    const parser = logParser({ now: new Date('2026-12-31T00:00:00Z'), timeZone: 'UTC' });
    return [...text.split('\n').flatMap((line) => parser.push(line)), ...parser.flush()];
  };

  it('tells of a core in a block', () => {
    const events = read(`           PID: 77 (we (b))
           UID: 1000 (al)
           GID: 1000 (al)
        Signal: 11 (SEGV)
     Timestamp: Mon 2024-05-06 07:08:09 UTC (5min ago)
  Command Line: /usr/bin/web -x
    Executable: /usr/bin/web
       Message: Process 77 (we (b)) of user 1000 dumped core.

                Stack trace of thread 77:`);
    expect(events).toMatchObject([
      {
        ...{ kind: 'coredump', pid: 77, comm: 'we (b)', uid: 1000 },
        ...{ signal: 'SIGSEGV', exe: '/usr/bin/web' },
      },
    ]);
  });

  it('tells of cores in a list', () => {
    const events =
      read(`TIME                          PID  UID  GID SIG     COREFILE EXE                SIZE
Mon 2024-05-06 07:08:09 UTC    77 1000 1000 SIGABRT present  /usr/bin/web      34.5K
Mon 2024-05-06 07:08:10 UTC    78    0    0 SIGSEGV missing  /usr/lib/a-very-long-program n/a
Mon 2015-05-06 07:08:10 UTC    79    0    0  11 * /usr/bin/old`);
    expect(events).toMatchObject([
      { pid: 77, comm: 'web', signal: 'SIGABRT', uid: 1000, at: '2024-05-06T07:08:09.000Z' },
      { pid: 78, comm: 'a-very-long-pro', exe: '/usr/lib/a-very-long-program' },
      { pid: 79, signal: 'SIGSEGV' },
    ]);
  });

  it('makes nothing of a block of another kind', () => {
    expect(read('  PID: 77 (web)\n  Status: running\nPID: 78 (x)')).toEqual([]);
  });
});

describe('audit records in a log', () => {
  const fields =
    'auid=4294967295 uid=48 gid=48 ses=4294967295 pid=77 comm=776520622F63 exe="/usr/bin/x" sig=11 res=1';

  it.each([
    [`audit[77]: ANOM_ABEND ${fields}`, null, '2026-02-06T11:37:41.000Z'],
    [`kernel: audit: type=1701 audit(1423234994.398:9): ${fields}`, 9, '2026-02-06T11:37:41.000Z'],
    [`kernel: type=1701 audit(1423234994.398:9): ${fields}`, 9, '2026-02-06T11:37:41.000Z'],
  ])('%s', (line, serial, at) => {
    expect(eventsOf(line)).toEqual([
      {
        kind: 'abnormal-end',
        source: 'log',
        at,
        host: 'web-1',
        pid: 77,
        comm: 'we b/c',
        exe: '/usr/bin/x',
        signal: 'SIGSEGV',
        uid: 48,
        auid: null,
        session: null,
        reason: null,
        serial,
      },
    ]);
  });

  const call =
    'arch=c000003e syscall=62 success=yes exit=0 a0=4d a1=9 a2=0 a3=0 items=0 ppid=10 pid=11 auid=1000 uid=0 ses=3 tty=pts0 comm="bash" exe="/usr/bin/bash" key="k"';
  const target = 'opid=77 oauid=-1 ouid=33 oses=-1 ocomm="nginx"';

  it.each([
    [
      'by the kernel',
      `kernel: audit: type=1300 audit(1700000000.100:50): ${call}`,
      `kernel: audit: type=1318 audit(1700000000.100:50): ${target}`,
    ],
    [
      'by audispd',
      `audispd: node=web-1 type=SYSCALL msg=audit(1700000000.100:50): ${call}`,
      `audispd: node=web-1 type=OBJ_PID msg=audit(1700000000.100:50): ${target}`,
    ],
  ])('name the sender of a kill, written %s', (_, ...lines) => {
    expect(eventsOf(...lines)).toMatchObject([
      {
        kind: 'kill-syscall',
        source: 'log',
        at: '2023-11-14T22:13:20.100Z',
        signal: 'SIGKILL',
        senderPid: 11,
        auid: 1000,
        targetPid: 77,
        targetComm: 'nginx',
      },
    ]);
  });

  it('name a target where journald leaves out the serial', () => {
    expect(eventsOf(`audit[11]: SYSCALL ${call}`, `audit[11]: OBJ_PID ${target}`)).toMatchObject([
      { kind: 'kill-syscall', senderPid: 11, targetPid: 77, at: '2026-02-06T11:37:41.000Z' },
    ]);
  });

  it('tell of seccomp only what ended a process', () => {
    const seccomp = (sig: number, serial: number) =>
      `kernel: audit: type=1326 audit(1700000000.100:${serial}): auid=1 uid=7 ses=1 pid=77 comm="a" exe="/a" sig=${sig} arch=c000003e syscall=41 compat=0 ip=0x7f code=0x80000000`;
    expect(eventsOf(seccomp(0, 1), seccomp(31, 2))).toMatchObject([
      { kind: 'audit-record', types: ['SECCOMP'], pid: 77, signal: 'SIGSYS' },
    ]);
  });

  it('are one, though the kernel and journald write it', () => {
    const kernel = `kernel: audit: type=1701 audit(1423234994.398:9): ${fields}`;
    expect(eventsOf(`audit[77]: ANOM_ABEND ${fields}`, kernel)).toHaveLength(1);
  });
});
