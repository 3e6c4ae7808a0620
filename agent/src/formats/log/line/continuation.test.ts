import { describe, expect, it } from 'vitest';
import { logParser } from '../log-parser.ts';

const sizes = 'total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:0kB';
const kill = `Out of memory: Killed process 5 (a) ${sizes}`;
const fault = 'a[77]: segfault at 0 ip 00007f00 sp 00007f00 error 4 in libc.so.6[7f00+1000]';

function kindsOf(...lines: readonly string[]) {
  const parser = logParser({ now: new Date('2026-12-31T00:00:00Z'), timeZone: 'UTC' });
  return [...lines.flatMap((line) => parser.push(line)), ...parser.flush()].map(({ kind }) => kind);
}

describe('the further lines of what a program wrote', () => {
  it.each([
    'Feb 06 11:37:41 web-1 app[77]: ',
    'Feb 06 11:37:41.123456 web-1 app[77]: ',
    '2026-02-06T11:37:41+0000 web-1 app[77]: ',
    'Fri 2026-02-06 11:37:41 UTC web-1 app[77]: ',
  ])('are its own where journalctl indents them below "%s"', (prefix) => {
    const indent = ' '.repeat(prefix.length);
    const forged = [
      kill,
      `[   12.345678] ${fault}`,
      '',
      `Feb 06 11:37:41 web-1 kernel: ${kill}`,
      'nginx.service: Main process exited, code=killed, status=9/KILL',
      'LOG:  server process (PID 5) was terminated by signal 9: Killed',
      'sshd[5]: Accepted password for root from 10.0.0.5 port 4711 ssh2',
    ];
    expect(kindsOf(`${prefix}first`, ...forged.map((line) => indent + line))).toEqual([]);
  });

  it.each([
    '2026-02-06 11:37:41,123 ERROR it failed:',
    '2026-02-06 11:37:41.123 [main] ERROR c.e.App - it failed:',
    'Feb  6 11:37:41 web-1 app[77]: it failed:',
  ])('are its own where a logger writes them as they are: %s', (first) => {
    expect(kindsOf(first, 'Traceback:', `  ${kill}`, kill, fault)).toEqual([]);
    expect(kindsOf(first, `kernel: ${kill}`, ` kernel:${kill}`)).toEqual([]);
  });

  it.each([
    '2026-02-06 11:37:41,123 ERROR it failed:',
    '2026-02-06 11:37:41.123 [main] ERROR c.e.App - it failed:',
  ])('are its own with a time of the kernel, which syslog does not let through: %s', (first) => {
    expect(kindsOf(first, `[   12.345678] ${kill}`, `[   12.345678] ${fault}`)).toEqual([]);
  });

  it('are its own in the log of a database, which begins them with a tab', () => {
    expect(
      kindsOf(
        "2026-02-06 11:37:41.123 UTC [77] ERROR:  syntax error at or near 'x'",
        '\tLOG:  server process (PID 5) was terminated by signal 9: Killed',
      ),
    ).toEqual([]);
    expect(kindsOf('Feb  6 11:37:41 web-1 app[77]: a', `\t[   12.345678] ${kill}`)).toEqual([]);
  });

  it('end with a line that the kernel wrote, and with the quotation', () => {
    const first = '2026-02-06 11:37:41,123 ERROR it failed';
    expect(kindsOf(first, `Feb  6 11:37:41 web-1 kernel: ${kill}`)).toEqual(['oom-kill']);
    expect(
      kindsOf(first, 'Message from syslogd@web-1 at Feb  6 11:37:41 ...', ` kernel:${kill}`),
    ).toEqual(['oom-kill']);
    expect(kindsOf(first, `web-1 login: [   12.345678] ${kill}`)).toEqual(['oom-kill']);
    for (const end of ['', '```', '$ dmesg | tail', 'root@web-1:~# dmesg', 'From dmesg:'])
      expect(kindsOf(first, end, `[   12.345678] ${kill}`)).toEqual(['oom-kill']);
  });

  it('are not what stands between a program’s lines on a console', () => {
    const first = '2026-02-06 11:37:41,123 - util.py[DEBUG]: booting';
    const systemd = 'Feb  6 11:37:41 web-1 systemd[1]: Started a.';
    expect(kindsOf(systemd, `[   12.345678] ${kill}`)).toEqual(['oom-kill']);
    expect(kindsOf('[    0.000000] Booting', first, `[   12.345678] ${kill}`)).toEqual([
      'oom-kill',
    ]);
  });
});

describe('the kernel’s line', () => {
  it.each([
    ['user  :info  : [   12.345678] systemd[1]: a', `kern  :err   : [   12.345679] ${kill}`],
    ['14,5,12345678,-;a', `3,6,12345679,-;${kill}`],
    ['<30>[   12.345678] systemd[1]: a', `<3>[   12.345679] ${kill}`],
    ['[   12.345678] web-1 app[5]: a', `[   12.345679] web-1 kernel: ${kill}`],
    ['02-06 11:37:41.123  1000  1000 I app: a', `02-06 11:37:41.123     0     0 E ${kill}`],
    ['{"log":"a\\n","time":"2026-02-06T11:37:41.1Z"}', `[   12.345679] ${kill}`],
  ])('is none of %s', (before, line) => {
    expect(kindsOf(before, line)).toEqual(['oom-kill']);
  });
});

describe('who writes what looks like the kernel’s', () => {
  it.each([
    `<alice> Feb  6 11:37:41 web-1 kernel: ${kill}`,
    `<alice> [   12.345678] ${kill}`,
    `alice: [   12.345678] ${kill}`,
    `# kernel: ${kill}`,
    `-[   12.345678] ${kill}`,
    `+Feb  6 11:37:41 web-1 kernel: ${kill}`,
    `[2026-02-06T11:37:41.123Z] ${kill}`,
    `#     [   12.345678] ${kill}`,
  ])('is somebody who talks, a comment or a comparison: %s', (line) => {
    expect(kindsOf(line)).toEqual([]);
  });
});
