import { describe, expect, it } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { readLog } from './log.ts';

const now = new Date('2026-03-10T12:00:00Z');

async function read(text: string | Buffer, chunk = 7, timeZone = 'UTC'): Promise<RawEvent[]> {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  }
  const events: RawEvent[] = [];
  for await (const event of readLog(chunks(), { file: 'test', now, timeZone })) events.push(event);
  return events;
}

const sizes = 'total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:0kB';
const kill = `Out of memory: Killed process 5 (a b) ${sizes}`;

describe('a kernel line in every shape of log', () => {
  it.each<[string, string | null, number?]>([
    [kill, null],
    [`[   12.345678] ${kill}`, null, 12_345_678],
    [`[   12.345678][ T9185] ${kill}`, null, 12_345_678],
    [`[   12.345678][    C1] ${kill}`, null, 12_345_678],
    [`[   12.345678 <    0.000012>] ${kill}`, null, 12_345_678],
    [`[  +0.000012] ${kill}`, null],
    [`<4>[   12.345678] ${kill}`, null, 12_345_678],
    [`kern  :err   : [   12.345678] ${kill}`, null, 12_345_678],
    [`3,1234,12345678,-;${kill}`, null, 12_345_678],
    [`6.1.0-18-amd64,3,1234,12345678,-;${kill}`, null, 12_345_678],
    [`host login: [   12.345678] ${kill}`, null, 12_345_678],
    [`    [   12.345678] ${kill}`, null, 12_345_678],
    [`:Feb  6 11:37:41 host kernel: ${kill}`, '2026-02-06T11:37:41.000Z'],
    [`\u001b[32m[   12.345678] \u001b[0m${kill}`, null, 12_345_678],
    [`> [   12.345678] ${kill}`, null, 12_345_678],
    [`[Di Aug 12 11:37:41 2014] ${kill}`, '2014-08-12T11:37:41.000Z'],
    [`[Tue Aug 12 11:37:41 2014] ${kill}`, '2014-08-12T11:37:41.000Z'],
    [`[火  8月 12 11:37:41 2014] ${kill}`, '2014-08-12T11:37:41.000Z'],
    [`[mar. août 12 11:37:41 2014] ${kill}`, '2014-08-12T11:37:41.000Z'],
    [`2014-08-12T11:37:41,123456+02:00 ${kill}`, '2014-08-12T09:37:41.123456Z'],
    [`Feb  6 11:37:41 host kernel: ${kill}`, '2026-02-06T11:37:41.000Z'],
    [`Dec 31 11:37:41 host kernel: ${kill}`, '2025-12-31T11:37:41.000Z'],
    [`Feb 29 11:37:41 host kernel: ${kill}`, '2024-02-29T11:37:41.000Z'],
    [`Feb  6 11:37:41 host kernel: [   12.345678] ${kill}`, '2026-02-06T11:37:41.000Z', 12_345_678],
    [`Feb  6 11:37:41.5 host kernel: ${kill}`, '2026-02-06T11:37:41.500Z'],
    [`Feb  6 11:37:41 10.0.0.1 [   12.345678] ${kill}`, '2026-02-06T11:37:41.000Z', 12_345_678],
    [`Feb  6 11:37:41 router user.err kernel: ${kill}`, '2026-02-06T11:37:41.000Z'],
    [
      `Thu Feb  5 11:37:41 2015 kern.err kernel: [   12.345678] ${kill}`,
      '2015-02-05T11:37:41.000Z',
      12_345_678,
    ],
    [`2015-02-05T11:37:41.123456+01:00 host kernel: ${kill}`, '2015-02-05T10:37:41.123456Z'],
    [`2015-02-05T11:37:41+0100 host kernel: ${kill}`, '2015-02-05T10:37:41.000Z'],
    [`2015-02-05T11:37:41Z kernel: ${kill}`, '2015-02-05T11:37:41.000Z'],
    [`Thu 2015-02-05 11:37:41 CET host kernel: ${kill}`, '2015-02-05T10:37:41.000Z'],
    [`1423132661.123456 host kernel: ${kill}`, '2015-02-05T10:37:41.123456Z'],
    [`[   12.345678] host kernel: ${kill}`, null, 12_345_678],
    [`[2015-02-05 11:37:41 UTC] kernel: ${kill}`, '2015-02-05T11:37:41.000Z'],
    [`[2015-02-05 11:37:41 +0100] kernel: ${kill}`, '2015-02-05T10:37:41.000Z'],
    [`2015-02-05 11:37:41 kernel: ${kill}`, '2015-02-05T11:37:41.000Z'],
    [`[   12.34] ${kill}`, null, 12_340_000],
    [`[Пт сен 12 11:37:41 2025] ${kill}`, '2025-09-12T11:37:41.000Z'],
    [`[T6 Thg 9 12 11:37:41 2025] ${kill}`, '2025-09-12T11:37:41.000Z'],
    [`[dv.\u00a0de\u00a0set. 12 11:37:41 2025] ${kill}`, '2025-09-12T11:37:41.000Z'],
    [`[sob lip 12 11:37:41 2025] ${kill}`, '2025-07-12T11:37:41.000Z'],
    [`[Xyz Abc 12 11:37:41 2025] ${kill}`, null],
    [`[<    0.000012>] ${kill}`, null],
    [`[Feb 6 11:37:41 <    0.000012>] ${kill}`, '2026-02-06T11:37:41.000Z'],
    [`[Fri Feb  6 11:37:41 2026 <    0.000012>] ${kill}`, '2026-02-06T11:37:41.000Z'],
    [`[   12.345678]@2 ${kill}`, null, 12_345_678],
    [`[   12.345678] [2: kswapd0:   99] ${kill}`, null, 12_345_678],
    [`[   12.345678] [0:     kworker/0:1:   99] ${kill}`, null, 12_345_678],
    [`[   12.345678] (2)[99:kswapd0]${kill}`, null, 12_345_678],
    [`[   12.345678s][pid:99,cpu2,kswapd0]${kill}`, null, 12_345_678],
    [`[   12.345678] [99, kswapd0]${kill}`, null, 12_345_678],
    [`[   12.345678] c2     99 ${kill}`, null, 12_345_678],
    [`02-06 11:37:41.123     0     0 W         : ${kill}`, '2026-02-06T11:37:41.123Z'],
    [`02-06 11:37:41.123  root     0     0 E         : ${kill}`, '2026-02-06T11:37:41.123Z'],
    [`02-06 11:37:41.123 E/        (    0): ${kill}`, '2026-02-06T11:37:41.123Z'],
    [`root@web-1:~# [   12.345678] ${kill}`, null, 12_345_678],
    [`/ # [   12.345678] ${kill}`, null, 12_345_678],
    [`Password: [   12.345678] ${kill}`, null, 12_345_678],
    [`[  OK  ] Started foo.[   12.345678] ${kill}`, null, 12_345_678],
    [`[?2004l[   12.345678] ${kill}`, null, 12_345_678],
    [`[2015-02-05 11:37:41] [   12.345678] ${kill}`, '2015-02-05T11:37:41.000Z', 12_345_678],
    [`2015-02-05T11:37:41.5  <4>[   12.345678] ${kill}`, '2015-02-05T11:37:41.500Z', 12_345_678],
    [` kernel:${kill}`, null],
    [`[06/May/2024:07:08:09 +0200] ${kill}`, '2024-05-06T05:08:09.000Z'],
    [`May  6 07:08:09 2024 host kernel: ${kill}`, '2024-05-06T07:08:09.000Z'],
    [`Mon May  6 07:08:09 2024 host kernel: ${kill}`, '2024-05-06T07:08:09.000Z'],
    [`May/06/2024 07:08:09 host kernel: ${kill}`, '2024-05-06T07:08:09.000Z'],
    [`16/05/2024 07:08:09 host kernel: ${kill}`, '2024-05-16T07:08:09.000Z'],
    [`05/16/2024 07:08:09 host kernel: ${kill}`, '2024-05-16T07:08:09.000Z'],
    // The sixth of May or the fifth of June.
    [`06/05/2024 07:08:09 host kernel: ${kill}`, null],
    [`06.05.2024 07:08:09 host kernel: ${kill}`, '2024-05-06T07:08:09.000Z'],
    [`Feb  6 11:37:41 CET host kernel: ${kill}`, '2026-02-06T10:37:41.000Z'],
    [`Feb  6 11:37:41 UTC kernel: ${kill}`, '2026-02-06T11:37:41.000Z'],
    [`Feb  6 11:37:41 host vmunix: [   12.345678] ${kill}`, '2026-02-06T11:37:41.000Z', 12_345_678],
    [`Feb  6 11:37:41 host kern.err: ${kill}`, '2026-02-06T11:37:41.000Z'],
    [`сен 12 11:37:41 host kernel: ${kill}`, '2025-09-12T11:37:41.000Z'],
    [`八月 12 11:37:41 host kernel: ${kill}`, '2025-08-12T11:37:41.000Z'],
    [`Thg 8 12 11:37:41 host kernel: ${kill}`, '2025-08-12T11:37:41.000Z'],
    [`lip 12 11:37:41 host kernel: ${kill}`, null],
    [`xyz 12 11:37:41 host kernel: ${kill}`, null],
    [
      `<3>1 2015-02-05T11:37:41Z host kernel - - - [   12.345678] ${kill}`,
      '2015-02-05T11:37:41.000Z',
      12_345_678,
    ],
    [`1 2015-02-05T11:37:41Z host kernel - - - ${kill}`, '2015-02-05T11:37:41.000Z'],
    [`<3>1 2015-02-05T11:37:41Z host kernel - - -  ${kill}`, '2015-02-05T11:37:41.000Z'],
    [
      `2015-02-05T11:37:41.123456-07:00 ERR kernel: [   12.345678] ${kill}`,
      '2015-02-05T18:37:41.123456Z',
      12_345_678,
    ],
    [`&gt; &lt;3&gt;[   12.345678] ${kill}`, null, 12_345_678],
    [`"Feb  6 11:37:41 host kernel: ${kill}",`, '2026-02-06T11:37:41.000Z'],
    [`  17  [   12.345678] ${kill}`, null, 12_345_678],
    [`17: Feb  6 11:37:41 host kernel: ${kill}`, '2026-02-06T11:37:41.000Z'],
    [`17\t<3>[   12.345678] ${kill}`, null, 12_345_678],
    [`- [   12.345678] ${kill}`, null, 12_345_678],
    [`│ [   12.345678] ${kill}`, null, 12_345_678],
    [`   1   │ [   12.345678] ${kill}`, null, 12_345_678],
    [
      `2023-12-04T10:49:30.127Z In(05) vcpu-5 - Guest: <3>[   12.345678] ${kill}`,
      '2023-12-04T10:49:30.127Z',
      12_345_678,
    ],
    [`<pre>[   12.345678] ${kill}</pre>`, null, 12_345_678],
    [`\t[   12.345678]\t${kill}`, null, 12_345_678],
    [`[\u00a0\u00a0 12.345678] ${kill}`, null, 12_345_678],
    [
      `Feb\u00a0\u00a06\u00a011:37:41\u00a0host\u00a0kernel:\u00a0${kill}`,
      '2026-02-06T11:37:41.000Z',
    ],
    [`12 de agosto de 2024 11:37:41 host kernel: ${kill}`, '2024-08-12T11:37:41.000Z'],
    [`/var/log/kern.log:Feb  6 11:37:41 host kernel: ${kill}`, '2026-02-06T11:37:41.000Z'],
    [`kern.log.1-Feb  6 11:37:41 host kernel: ${kill}`, '2026-02-06T11:37:41.000Z'],
    [`messages:123:Feb  6 11:37:41 host kernel: ${kill}`, '2026-02-06T11:37:41.000Z'],
    [`123:[   12.345678] ${kill}`, null, 12_345_678],
    [`host kernel: ${kill}`, null],
    [`host kernel: [   12.345678] ${kill}`, null, 12_345_678],
    [`[Kernel dmesg] [   12.345678] ${kill}`, null, 12_345_678],
    [`<3>1 2015-02-05T11:37:41.5Z host kernel - - - ${kill}`, '2015-02-05T11:37:41.500Z'],
    [
      `<3>1 2015-02-05T11:37:41Z host kernel - - [a@1 b="x\\"]y"] ${kill}`,
      '2015-02-05T11:37:41.000Z',
    ],
    [`апр 28 11:37:41 host kernel: ${kill}`, '2025-04-28T11:37:41.000Z'],
    [`5月 29 11:37:41 host kernel: ${kill}`, '2025-05-29T11:37:41.000Z'],
    [`févr. 06 11:37:41 host kernel: ${kill}`, '2026-02-06T11:37:41.000Z'],
    [`lut 06 11:37:41 host kernel: ${kill}`, '2026-02-06T11:37:41.000Z'],
    [`06 Feb 11:37:41 host kernel: ${kill}`, '2026-02-06T11:37:41.000Z'],
    [`11:37:41 host kernel: ${kill}`, null],
    [`kernel: ${kill}`, null],
    [`- 1131566461 2005.11.09 n1 Nov 9 12:01:01 n1/n1 kernel: ${kill}`, '2005-11-09T12:01:01.000Z'],
  ])('%s', async (line, at, bootUs) => {
    const events = await read(`noise\n${line}\nmore noise\n`);
    expect(events).toMatchObject([{ kind: 'oom-kill', source: 'log', pid: 5, comm: 'a b', at }]);
    expect((events[0] as { bootUs?: number }).bootUs).toBe(bootUs);
  });

  it('takes times without a zone as local', async () => {
    const [event] = await read(`Feb  6 11:37:41 host kernel: ${kill}\n`, 64, 'Europe/Berlin');
    expect(event?.at).toBe('2026-02-06T10:37:41.000Z');
  });
});

describe('text that a program wrote', () => {
  it.each([
    `Feb  6 11:37:41 host app[7]: ${kill}`,
    `Feb  6 11:37:41 host app: ${kill}`,
    `Feb  6 11:37:41 host app[7]: [   12.345678] ${kill}`,
    `Feb  6 11:37:41 host app[7]: kernel: ${kill}`,
    `2015-02-05T11:37:41.123456+01:00 host app[7]: ${kill}`,
    `<13>Feb  6 11:37:41 host kernel: ${kill}`,
    `<14>1 2015-02-05T11:37:41Z host app - - - ${kill}`,
    `14,1234,12345678,-;${kill}`,
    `user  :err   : [   12.345678] ${kill}`,
    `<12>[   12.345678] ${kill}`,
    `Feb  6 11:37:41 host kernel[77]: ${kill}`,
    `app[7]: [   12.345678] ${kill}`,
    `the log said: ${kill}`,
    `web_1  | [  123.456789] ${kill}`,
    `[pod/web-1/app] [  123.456789] ${kill}`,
    `app: [  123.456789] ${kill}`,
    `[INFO] [  123.456789] ${kill}`,
    `2024-05-06 07:08:09,123 ${kill}`,
    `2024-05-06T07:08:09,123 ${kill}`,
    `[2024-05-06 07:08:09,123] ${kill}`,
    `06 May 2024 07:08:09,123 ${kill}`,
    `2024-05-06 07:08:09,123 [  123.456789] ${kill}`,
    `2024-05-06 07:08:09,123 kernel: ${kill}`,
    `2024-05-06 07:08:09 ${kill}`,
    `Feb  6 11:37:41 ${kill}`,
    `task 12 03:12:07 ${kill}`,
    `12:01 <bob> [   12.345678] ${kill}`,
    `2024-05-06T07:08:09Z <bob> [   12.345678] ${kill}`,
    `02-06 11:37:41.123  1555  1565 I kernel: ${kill}`,
    `web-1 | Feb  6 11:37:41 host kernel: ${kill}`,
    `2015-02-05T11:37:41.123456-07:00 ERROR kernel: ${kill}`,
    `2015-02-05T11:37:41.123456-07:00 INFO app[5]: kernel: ${kill}`,
    'ERROR app[9]: segfault at 0 ip 0 sp 0 error 4 in x[1+2]',
    'pytest: foo.py::test app[9]: segfault at 0 ip 0 sp 0 error 4 in x[1+2]',
    '2024-05-06T07:08:09.123Z app[9]: segfault at 0 ip 0 sp 0 error 4 in x[1+2]',
  ])('is no kernel word: %s', async (line) => {
    expect(await read(`${line}\n`)).toEqual([]);
  });

  it('is known after the file has shown that a host stands before the program', async () => {
    const events = await read(`[   12.000001] h kernel: ${kill}
[   12.000002] h app[7]: segfault at 0 ip 0 sp 0 error 4
[   12.000003] h kernel: app[7]: segfault at 0 ip 0 sp 0 error 4
`);
    expect(events.map((event) => event.kind)).toEqual(['oom-kill', 'crash']);
  });
});

describe('a fault line of dmesg', () => {
  const fault = 'we b[77]: segfault at 8 ip 40 sp 7f error 4 in libc.so[7f+1]';
  it.each([
    `2014-08-12T11:37:41,123456+02:00 ${fault}`,
    `2014-08-12T11:37:41,123456+02:00 traps: we b[77] general protection fault ip:4 sp:7 error:0 in libc.so[7f+1]`,
    `[Di Aug 12 11:37:41 2014] ${fault}`,
    `[Aug12 11:37] ${fault}`,
    `[  +0.000012] ${fault}`,
    `[   12.345678] ${fault}`,
    `4,1,12345678,-;${fault}`,
    `Feb  6 11:37:41 host kernel: ${fault}`,
    fault,
  ])('%s', async (line) => {
    expect(await read(`${line}\n`)).toMatchObject([
      { kind: 'crash', pid: 77, comm: 'we b', object: 'libc.so' },
    ]);
  });
});

describe('the program of a line', () => {
  const accepted = 'Accepted password for al from 10.0.0.5 port 9 ssh2';
  it.each([
    `Feb  6 11:37:41 host sshd[5]:  ${accepted}`,
    `Feb  6 11:37:41 sshd[5]: ${accepted}`,
    `Feb  6 11:37:41 [sshd] ${accepted}`,
    `Feb  6 11:37:41 host sshd[5] <Info>: ${accepted}`,
    `Feb  6 11:37:41 host sshd[5]: [ID 800047 auth.info] ${accepted}`,
    `Feb  6 11:37:41 host auth.info sshd[5]: ${accepted}`,
    `Feb  6 11:37:41 host /usr/sbin/sshd[5]: ${accepted}`,
    `Thu 2015-02-05 11:37:41 UTC host ssh.service[5]: ${accepted}`,
    `[   12.345678] host sshd[5]: ${accepted}`,
    `<38>1 2015-02-05T11:37:41Z host sshd 5 - - ${accepted}`,
    `sshd[5]: ${accepted}`,
    `2015-02-05T11:37:41.123456-07:00 INFO sshd[5]: ${accepted}`,
    `- 1131566461 2005.11.09 n1 Nov 9 12:01:01 n1/n1 sshd[5]: ${accepted}`,
  ])('%s', async (line) => {
    expect(await read(`${line}\n`)).toMatchObject([
      { kind: 'login', user: 'al', from: '10.0.0.5' },
    ]);
  });
});

describe('hostile files', () => {
  it('goes on after NULs, invalid UTF-8, lone carriage returns and endless lines', async () => {
    const junk = Buffer.concat([
      Buffer.from([0, 0, 0, 0xff, 0xfe, 0xc3, 0x28, 0x0d, 0x0a]),
      Buffer.alloc(600_000, 'x'),
      Buffer.from('\n'),
    ]);
    const text = Buffer.concat([
      junk,
      Buffer.from(`\0\0Feb  6 11:37:41 host kernel: ${kill}\r\n`),
      junk,
    ]);
    expect(await read(text, 4096)).toMatchObject([{ pid: 5 }]);
  });

  it.each([
    ['a mark of UTF-8', Buffer.from(`\ufeff[   12.345678] ${kill}\r\n`)],
    ['UTF-16', Buffer.from(`\ufeff[   12.345678] ${kill}\r\n`, 'utf16le')],
    ['UTF-16 without its mark', Buffer.from(`[   12.345678] ${kill}\r\n`, 'utf16le')],
    ['UTF-16 of the other order', Buffer.from(`\ufeff[   1.5] ${kill}\n`, 'utf16le').swap16()],
  ])('reads %s, as Windows copies a log', async (_, bytes) => {
    for (const chunk of [1, 3, 4096])
      expect(await read(bytes, chunk)).toMatchObject([{ pid: 5, comm: 'a b' }]);
  });

  it('reads a last line without its end', async () => {
    expect(await read(`Feb  6 11:37:41 host kernel: ${kill}`)).toHaveLength(1);
  });

  it('passes over dates that cannot be', async () => {
    const events = await read(
      `Feb 31 25:61:61 host kernel: ${kill}\n9999999999.123 host kernel: ${kill}\n`,
    );
    expect(events.map((event) => event.at)).toEqual([null, '2286-11-20T17:46:39.123Z']);
  });
});

it('joins what a mail wrapped, quoted and encoded', async () => {
  const events = await read(`
>>   anaconda invoked oom-killer: gfp_mask=0x14200ca(GFP_HIGHUSER_MOVABLE),
>> nodemask=(null), order=0, oom_score_adj=0
>>   CPU: 1 PID: 4928 Comm: anaconda Not tainted 4.16.0-0.rc4.git0.1.fc28.x86_64
>> #1
>>   Killed process 1500 (anaconda) total-vm:64kB, anon-rss:32kB, file-rss:8kB,
>> shmem-rss:0kB
[ 1949.939223] [   T3920] traps: fio[3920] general protection fault ip:7f78=
9a2709f5 sp:7fff900e66d0 error:0 in libc.so.6[819f5,7f789a1f0000+16f000]=

local[18494]: segfault at 0000003000000018 rip 0000000000428f2a rsp
0000007fbfffe870 error 4
`);
  expect(events).toMatchObject([
    {
      ...{ kind: 'oom-kill', pid: 1500, invokedBy: 'anaconda', invokedByPid: 4928, order: 0 },
      ...{ kernel: '4.16.0-0.rc4.git0.1.fc28.x86_64', fileRssKb: 8, shmemRssKb: 0 },
    },
    { kind: 'crash', pid: 3920, ip: '7f789a2709f5', object: 'libc.so.6' },
    { kind: 'crash', pid: 18_494, sp: '0000007fbfffe870', error: 4 },
  ]);
});

it('joins an audit record that a terminal wrapped within a number', async () => {
  expect(
    await read(`Feb  6 11:37:41 host audit[3099]: ANOM_ABEND auid=1000 uid=1000 gid=1000 ses=4 subj=unconfined pid=3
099 comm="gnome-shell" exe="/usr/bin/gnome-shell" sig=5 res=1
Feb  6 11:37:42 host audit[3100]: ANOM_ABEND auid=1000 uid=1000 gid=1000 ses=4 pid=3
Feb  6 11:37:43 host app[1]: 100 comm="x" sig=5
`),
  ).toMatchObject([
    { kind: 'abnormal-end', pid: 3099, comm: 'gnome-shell', signal: 'SIGTRAP', host: 'host' },
  ]);
});

it("reads apport's own log", async () => {
  expect(
    await read(`ERROR: apport (pid 9) Thu Feb 27 07:45:48 2014: called for pid 77, signal 6, core limit 0
ERROR: apport (pid 9) Thu Feb 27 07:45:48 2014: executable: /usr/bin/foo (command line "foo -x")
`),
  ).toMatchObject([
    {
      kind: 'coredump',
      at: '2014-02-27T07:45:48.000Z',
      pid: 77,
      comm: 'foo',
      exe: '/usr/bin/foo',
      signal: 'SIGABRT',
    },
  ]);
});

it('counts a line once that stands twice, as dmesg and the journal pasted together have it', async () => {
  const lines = `[   12.345678] ${kill}\nFeb  6 11:37:41 host kernel: [   12.345678] ${kill}\n`;
  expect(await read(lines)).toHaveLength(1);
  expect(await read(lines.replace('345678', '345679'))).toHaveLength(2);
});

it('believes nothing that quotes the kernel', async () => {
  const at = 'Feb  6 11:37:41 host';
  expect(
    await read(`${at} bash[77]: HISTORY: dmesg | grep "${kill}"
${at} kubelet[5]: I0206 kernel: ${kill}
${at} app[5]: /var/log/kern.log:${at} kernel: ${kill}
${at} kernel: message repeated 2 times: [ ${kill}]
${at} node-problem-detector[5]: Reason:OOMKilling Message:${kill}
10.0.0.5 - - [06/Feb/2026:11:37:41 +0200] "GET /?q=${kill} HTTP/1.1" 200 5
{"level":"error","msg":"kernel: ${kill}"}
`),
  ).toEqual([]);
});
