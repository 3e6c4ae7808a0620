import { describe, expect, it } from 'vitest';
import { eventsOf } from '../kernel-log.fixture.ts';

describe('fault lines', () => {
  it.each([
    [
      'app[77]: segfault at 18 ip 00007f00deadbeef sp 00007ffc00000010 error 6 in libc.so.6[7f00dea00000+148000] likely on CPU 2 (core 2, socket 0)',
      {
        comm: 'app',
        trap: 'segfault',
        address: '18',
        ip: '00007f00deadbeef',
        object: 'libc.so.6',
        error: 6,
      },
    ],
    [
      'app[77]: segfault at 0 ip 00007f00deadbeef sp 00007ffc00000010 error 14 in my app (v2)[2ab3da,400000+1000]',
      { object: 'my app (v2)', error: 0x14 },
    ],
    [
      'Web Content[77]: segfault at 8 rip 402ad8 rsp 7fff6cbe1ba0 error 4',
      { comm: 'Web Content', ip: '402ad8', object: null },
    ],
    ['app[77]: segfault at 0 ip           (null) sp 00007fff12 error 14', { ip: '0' }],
    [
      'app[77]: segfault at 00000008 eip b7e1 esp bf80 error 4',
      { address: '00000008', ip: 'b7e1' },
    ],
    [
      'traps: a b: c[77] general protection fault ip:7feb96 sp:2000 error:0 in a[7feb+8]',
      { comm: 'a b: c', trap: 'general-protection', address: null, ip: '7feb96', object: 'a' },
    ],
    ['app[77] general protection rip:7f6b rsp:7fff error:0', { trap: 'general-protection' }],
    [
      'traps: app[77] trap invalid opcode ip:559 sp:7ff error:0 in app[400+1]',
      { trap: 'invalid-opcode' },
    ],
    ['app[77] trap divide error rip:595d76 rsp:2ba4 error:0', { trap: 'divide-error' }],
    ['traps: app[77] trap int3 ip:595d76 sp:2ba4 error:0', { trap: 'int3' }],
    ['traps: app[77] trap stack segment ip:5 sp:2 error:0', { trap: 'stack-segment' }],
    [
      'app[77]: unhandled level 2 translation fault (11) at 0x00000018, esr 0x92000006, in libc.so[7f98+13]',
      { trap: 'segfault', address: '00000018', object: 'libc.so' },
    ],
    [
      'app[77]: unhandled signal 11 code 0x1 at 0x0000000000000000 in libc.so[ff+a]',
      { trap: 'segfault', object: 'libc.so' },
    ],
    [
      'app[77]: segfault (11) at 0 nip 1000 lr 2000 code 1 in app[1000+10]',
      { trap: 'segfault', ip: '1000' },
    ],
    [
      'app[77] control protection ip:7f00 sp:7ffe ssp:7fff error:1(near ret) in libc.so.6[28000,7f00+100]',
      { trap: 'control-protection', ip: '7f00', error: 1, object: 'libc.so.6' },
    ],
    [
      'traps: app[77] control protection fault ip:7f00 sp:7ffe ssp:7fff error:3(endbr) in app[7f00+100]',
      { trap: 'control-protection', error: 3, object: 'app' },
    ],
    [
      'traps: app[77] bad frame in rt_sigreturn frame:000000007ffe ip:400544 sp:7ffe orax:ffffffffffffffff in app[400000+1000]',
      { trap: 'bad-frame', ip: '400544', sp: '7ffe', object: 'app' },
    ],
    [
      'app[77]: bad frame in sys_rt_sigreturn: pc=00400544 sp=7ffe',
      { trap: 'bad-frame', ip: '00400544', sp: '7ffe' },
    ],
    [
      'app[77]: bad frame in sys_rt_sigreturn: 7fff nip 1000 lr 2000',
      { trap: 'bad-frame', ip: '1000' },
    ],
    [
      'app[77]: unhandled exception: SP/PC alignment exception, ESR 0x000000008a000000, SP/PC alignment exception in app[400000+1000]',
      { trap: 'sp-pc-alignment', object: 'app' },
    ],
    [
      'app[77]: unhandled exception: DABT (lower EL), ESR 0x0000000092000004, level 0 translation fault in my app[4+1]',
      { trap: 'segfault', object: 'my app' },
    ],
    [
      'app[77]: unhandled exception: FP/ASIMD, ESR 0x000000001fe00000, Floating Point Exception in app[4+1]',
      { trap: 'floating-point', object: 'app' },
    ],
    ['traps: app[77] general protection fault ip:7fea0f', { ip: '7fea0f', sp: null, error: null }],
    ['app[77]: segfault at 0x0 ip 0x55a3 sp 0x7ffd', { address: '0', ip: '55a3', error: null }],
    ['app[77]: undefined instruction: pc=0000007f93', { trap: 'invalid-opcode', ip: '0000007f93' }],
  ])('%s', (line, facts) => {
    expect(eventsOf(line)).toMatchObject([{ kind: 'crash', pid: 77, ...facts }]);
  });

  it('takes the mapped file from the next line', () => {
    const events = eventsOf(`traps: app[77] trap invalid opcode ip:5 sp:7 error:0
 in app[400+1]
app: page allocation failure: order:5
CPU: 0 PID: 77 Comm: app Not tainted 4.9.3 #1`);
    expect(events).toMatchObject([{ kind: 'crash', object: 'app' }]);
    expect(events).toHaveLength(1);
  });

  it.each([
    [
      'without a name',
      'potentially unexpected fatal signal 6.\nCPU: 3 PID: 77 Comm: app Not tainted 5.10.16.3-microsoft #1',
      { signal: 'SIGABRT', exe: null },
    ],
    [
      'with the task',
      'app: potentially unexpected fatal signal 11.\nCode: 00\nCPU: 3 UID: 1000 PID: 77 Comm: app Not tainted 6.11.0 #1',
      { signal: 'SIGSEGV', exe: null },
    ],
    [
      'with the file',
      'a: b: app: potentially unexpected fatal signal 11.\nCPU: 3 UID: 1000 PID: 77 Comm: app Not tainted 6.12.0 #1',
      { signal: 'SIGSEGV', exe: 'a: b' },
    ],
    [
      'to 3.13, with its registers',
      'app/77: potentially unexpected fatal signal 11.\nPid: 77, comm: app Not tainted 2.6.32 #1',
      { signal: 'SIGSEGV' },
    ],
  ])('reads a fatal signal printed %s', (_, lines, facts) => {
    expect(eventsOf(lines)).toMatchObject([
      { kind: 'abnormal-end', pid: 77, comm: 'app', ...facts },
    ]);
  });

  it('takes no name that looks like the old form for a pid, nor the task of another line', () => {
    const line = 'nginx/4121: potentially unexpected fatal signal 11.';
    expect(
      eventsOf(`${line}\nCPU: 3 PID: 77 Comm: nginx/4121 Not tainted 6.11.0 #1`),
    ).toMatchObject([{ pid: 77, comm: 'nginx/4121' }]);
    expect(
      eventsOf(
        'app: potentially unexpected fatal signal 11.\nCPU: 3 PID: 78 Comm: other Not tainted 6.11.0 #1',
      ),
    ).toEqual([]);
    expect(eventsOf('potentially unexpected fatal signal 6.')).toEqual([]);
  });

  it.each([
    [
      's390',
      `User process fault: interruption code 003b ilc:3 in libc-2.22.so[3fffd000000+1b0000]
Failing address: 0000000000000000 TEID: 0000000000000800
Fault in primary space mode while using user ASCE.
AS:00000000 R3:0000 S:0000
CPU: 2 PID: 77 Comm: app Not tainted 5.3.18-22-default #1 SLE15-SP2`,
      { trap: 'segfault', address: '0000000000000000', object: 'libc-2.22.so' },
    ],
    [
      'an old s390',
      `User process fault: interruption code 0x1 in app[80000000+1000]
CPU: 1 Not tainted 3.0.101-65-default #1
Process app (pid: 77, task: 000000001f, ksp: 000000)`,
      { trap: 'invalid-opcode', object: 'app' },
    ],
    [
      'arm',
      `app: unhandled page fault (11) at 0x00000004, code 0x017
pgd = c6f64000
[00000004] *pgd=86e5d831, *pte=00000000, *ppte=00000000
Pid: 77, comm:                  app
CPU: 0    Not tainted  (2.6.37 #1)`,
      { trap: 'segfault', address: '00000004' },
    ],
    [
      'a newer arm',
      `app: unhandled page fault (7) at 0x00000004, code 0x017
CPU: 0 PID: 77 Comm: app Not tainted 4.14.98 #1`,
      { trap: 'bus-error', address: '00000004' },
    ],
    [
      'parisc',
      `do_page_fault() command='app' type=15 address=0x00000000 in app[10000+1000]
trap #15: Data TLB miss fault, vm_start = 0x00010000, vm_end = 0x00011000
CPU: 0 PID: 77 Comm: app Not tainted 6.1.0 #1`,
      { trap: 'segfault', address: '00000000', object: 'app' },
    ],
  ])('reads whom a fault hit from the registers: %s', (_, lines, facts) => {
    expect(eventsOf(lines)).toMatchObject([{ kind: 'crash', pid: 77, comm: 'app', ...facts }]);
    // Alone, or before the registers of another task, it names nobody.
    const [first = ''] = lines.split('\n');
    expect(eventsOf(first)).toEqual([]);
  });

  it.each([
    ['app/77: potentially unexpected fatal signal 11.', { comm: 'app', signal: 'SIGSEGV' }],
    [
      'grsec: Segmentation fault occurred at            (nil) in /usr/bin/php[app:77] uid/euid:48/48 gid/egid:48/48, parent /usr/sbin/httpd[httpd:5] uid/euid:0/0 gid/egid:0/0',
      { comm: 'app', exe: '/usr/bin/php', uid: 48, signal: 'SIGSEGV' },
    ],
  ])('reads %s', (line, facts) => {
    expect(eventsOf(line)).toMatchObject([{ kind: 'abnormal-end', pid: 77, ...facts }]);
  });

  it('gives each of two CPUs the file that its own instruction pointer lies in', () => {
    const events = eventsOf(`[    7.000001] a[5]: segfault at 8 ip 00007f10000000aa sp 7 error 6
[    7.000002] b[6]: segfault at 9 ip 00000000004000bb sp 7 error 4
[    7.000003]  in libx.so.1[aa,7f1000000000+1000]
[    7.000004]  in b[bb,400000+1000]
[    7.000005]  likely on CPU 3 (core 3, socket 0)`);
    expect(events).toMatchObject([
      { pid: 5, object: 'libx.so.1' },
      { pid: 6, object: 'b' },
    ]);
  });

  it('takes apart two lines that two CPUs printed as one', () => {
    const events = eventsOf(
      'k[5]: segfault at 49 ip 43b730 sp 7f error 4k[6]: segfault at 59 ip 43e5ff sp 7f error 4 in bash[400000+d4000]',
    );
    expect(events).toMatchObject([
      { pid: 5, address: '49', error: 4, object: null },
      { pid: 6, address: '59', object: 'bash' },
    ]);
  });

  it('joins what a mail wrapped at its blanks', () => {
    const events = eventsOf(`[  279.000001] a[5]: segfault at 7f36ee8 ip
00007f77132bdf sp 00007f36ee8 error 4 in
libc-2.27.so[7f77058000+1aa000]
[  279.000002] audit: type=1701 audit(1602818315.656:3):
auid=4294967295 uid=7 gid=0 ses=4294967295 subj=kernel pid=4
comm=\\"a\\" exe=\\"/opt/a\\" sig=11 res=1
[  279.000003] Memory failure: 0x118cb9: Sending SIGBUS to 
a:5 due to hardware memory corruption`);
    expect(events).toMatchObject([
      { kind: 'crash', pid: 5, address: '7f36ee8', error: 4, object: 'libc-2.27.so' },
      { kind: 'abnormal-end', pid: 4, comm: 'a', exe: '/opt/a', uid: 7, signal: 'SIGSEGV' },
      { kind: 'memory-failure', pid: 5, comm: 'a', action: 'sending-sigbus' },
    ]);
  });

  it.each([
    'daemon[5]: evil[77]: segfault at 0 ip 0 sp 0 error 4',
    'bash: line 1: 77 Segmentation fault',
    'app[77]: segfault at ',
    'general protection fault',
    'watchdog: BUG: soft lockup - CPU#1 stuck for 23s! [app:77]',
    'app: page allocation failure: order:5, mode:0x24040c0',
  ])('sees no crash in: %s', (line) => {
    expect(eventsOf(line)).toEqual([]);
  });
});

describe('memory failures', () => {
  it.each([
    [
      'Memory failure: 0x18402: Sending SIGBUS to my db:77 due to hardware memory corruption',
      { pfn: '18402', action: 'sending-sigbus' },
    ],
    [
      'Memory failure: 0x18402: Killing my db:77 due to hardware memory corruption',
      { action: 'killing' },
    ],
    [
      'MCE 0x18402: forcibly killing my db:77 because of failure to unmap corrupted page',
      { action: 'forcibly-killing' },
    ],
    ['MCE: Killing my db:77 due to hardware memory corruption fault at 4631e000', { pfn: null }],
  ])('%s', (line, facts) => {
    expect(eventsOf(line)).toMatchObject([
      { kind: 'memory-failure', pid: 77, comm: 'my db', ...facts },
    ]);
  });
});

describe('panics and oopses', () => {
  it('names the task that ran', () => {
    const events =
      eventsOf(`Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled

CPU: 0 PID: 5 Comm: web Not tainted 3.10.0-327.el7.x86_64 #1
---[ end Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled ]---`);
    expect(events).toEqual([
      {
        kind: 'kernel-panic',
        source: 'kmsg',
        at: null,
        message: 'Out of memory: system-wide panic_on_oom is enabled',
        pid: 5,
        comm: 'web',
        kernel: '3.10.0-327.el7.x86_64',
      },
    ]);
  });

  it('knows the die line of other architectures', () => {
    expect(
      eventsOf(`kernel BUG at drivers/scsi/scsi_lib.c:660!
illegal operation: 0001 [#1] SMP
Modules linked in: a b
CPU: 0 PID: 6 Comm: systemd-udevd Not tainted 3.69.69.fit.s390x #1`),
    ).toMatchObject([
      { message: 'kernel BUG at drivers/scsi/scsi_lib.c:660!', pid: 6, comm: 'systemd-udevd' },
    ]);
    expect(
      eventsOf(
        'protection exception: 0004 ilc:3 [#2] SMP\nCPU: 0 PID: 6 Comm: a Not tainted 5.3 #1',
      ),
    ).toMatchObject([{ kind: 'kernel-panic', pid: 6 }]);
  });

  it('joins the cause of an oops with its die line', () => {
    const events = eventsOf(`BUG: kernel NULL pointer dereference, address: 0000000000000008
#PF: supervisor read access in kernel mode
Oops: 0000 [#1] PREEMPT SMP NOPTI
CPU: 1 PID: 6 Comm: modprobe Tainted: G           O      6.1.0-18-amd64 #1  Debian 6.1.76-1`);
    expect(events).toMatchObject([
      {
        message: 'BUG: kernel NULL pointer dereference, address: 0000000000000008',
        pid: 6,
        comm: 'modprobe',
        kernel: '6.1.0-18-amd64',
      },
    ]);
  });
});

describe('sysrq', () => {
  it.each([
    ['sysrq: Kill All Tasks', 'kill-all'],
    ['SysRq : Terminate All Tasks', 'terminate-all'],
    ['sysrq: SysRq : Manual OOM execution', 'oom'],
    ['sysrq: SAK', 'sak'],
  ])('%s', (line, action) => {
    expect(eventsOf(line)).toMatchObject([{ kind: 'sysrq', action, pid: null }]);
  });

  it('names the processes of a secure attention key once', () => {
    const events = eventsOf(`tty tty1: SAK: killed process 5 (bash): by session
tty tty1: SAK: killed process 5 (bash): by controlling tty`);
    expect(events).toMatchObject([{ action: 'sak', pid: 5, comm: 'bash' }]);
  });

  it('does nothing for a disabled or harmless key', () => {
    const harmless = ['This sysrq operation is disabled.', 'Emergency Sync', 'toString'];
    expect(eventsOf(harmless.map((key) => `sysrq: ${key}`).join('\n'))).toEqual([]);
  });
});

describe('power', () => {
  it('sees a boot and a shutdown', () => {
    expect(
      eventsOf('Linux version 2.6.5-1.358 (build@host) (gcc version 3.3.3) #1 Sat May 8'),
    ).toMatchObject([{ kind: 'boot', kernel: '2.6.5-1.358' }]);
    expect(eventsOf('reboot: Restarting system')).toMatchObject([
      { kind: 'shutdown', how: 'reboot' },
    ]);
    expect(eventsOf('Power down.')).toEqual([]);
    expect(eventsOf('Power down.', 0)).toMatchObject([{ how: 'poweroff' }]);
  });
});
