/** One file of each format as parts that stand on their own: lines, or records of one size. */
export interface Sample {
  parts: readonly Buffer[];
  /** Between the parts. */
  separator: string;
  file: string;
  /** Of the reader, where it is not the name of the sample. */
  format?: string;
}

const lines = (file: string, ...texts: string[]): Sample => ({
  parts: texts.map((text) => Buffer.from(text)),
  separator: '\n',
  file,
});

const start = 1_790_000_000;
const utmpBytes = 384;
const pacctBytes = 64;

/** A login on x86-64, utmp(5). */
function login(pid: number, user: string): Buffer {
  const record = Buffer.alloc(utmpBytes);
  record.writeInt16LE(7, 0);
  record.writeInt32LE(pid, 4);
  record.write(`pts/${pid % 10}`, 8);
  record.write('ts/1', 40);
  record.write(user, 44);
  record.write('10.0.0.5', 76);
  record.writeInt32LE(pid, 336);
  record.writeUInt32LE(start + pid, 340);
  return record;
}

/** Version 3, acct(5). */
function accounted(pid: number, comm: string): Buffer {
  const record = Buffer.alloc(pacctBytes);
  record.writeUInt8(3, 1);
  record.writeUInt16LE(0x8802, 2);
  record.writeUInt32LE(9, 4);
  record.writeUInt32LE(1000, 8);
  record.writeUInt32LE(pid, 16);
  record.writeUInt32LE(start + pid, 24);
  record.writeFloatLE(250, 28);
  record.write(comm, 48);
  return record;
}

const audited = (serial: number): string =>
  [
    `type=SYSCALL msg=audit(${start}.123:${serial}): arch=c000003e syscall=62 success=yes exit=0 a0=1019 a1=9 a2=0 a3=0 items=0 ppid=900 pid=${serial} auid=1000 uid=0 gid=0 ses=7 tty=pts2 comm="pkill" exe="/usr/bin/pkill" key="coroner_kill"`,
    `type=OBJ_PID msg=audit(${start}.123:${serial}): opid=4121 oauid=-1 ouid=33 oses=-1 ocomm="nginx"`,
    `type=EOE msg=audit(${start}.123:${serial}):`,
  ].join('\n');

const journalled = (pid: number): string =>
  JSON.stringify({
    __REALTIME_TIMESTAMP: String((start + pid) * 1_000_000),
    _TRANSPORT: 'journal',
    _PID: '1',
    _COMM: 'systemd',
    _EXE: '/usr/lib/systemd/systemd',
    _UID: '0',
    SYSLOG_IDENTIFIER: 'systemd',
    MESSAGE_ID: '98e322203f7a4ed290d09fe03c09fe15',
    UNIT: 'nginx.service',
    COMMAND: 'ExecStart',
    EXIT_CODE: 'killed',
    EXIT_STATUS: '9',
    MESSAGE: `nginx.service: Main process exited, code=killed, status=9/KILL (${pid})`,
  });

export const samples: Readonly<Record<string, Sample>> = {
  log: lines(
    'syslog',
    'Feb  6 11:37:41 web-3 sshd[880]: Accepted publickey for alice from 10.0.0.5 port 51934 ssh2: ED25519 SHA256:x',
    'Feb  6 11:37:42 web-3 CRON[7696]: (root) CMD (kill -9 7629)',
    'Feb  6 11:37:43 web-3 kernel: [ 12.5] Out of memory: Killed process 5 (a) total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:4kB, UID:5 pgtables:6kB oom_score_adj:7',
    'Feb  6 11:37:44 web-3 systemd[1]: nginx.service: Main process exited, code=killed, status=9/KILL',
    'Feb  6 11:37:45 web-3 kernel: [ 14.5] app[77]: segfault at 10 ip 0000000000401136 sp 00007ffd error 6 in app[401000+1000]',
  ),
  journal: lines('journal', journalled(1), journalled(2), journalled(3)),
  audit: lines('audit.log', audited(101), audited(102), audited(103)),
  wtmp: { parts: [1, 2, 3, 4].map((n) => login(n, 'alice')), separator: '', file: 'wtmp' },
  btmp: { parts: [1, 2, 3, 4].map((n) => login(n, 'root')), separator: '', file: 'btmp' },
  pacct: {
    parts: [41, 42, 43, 44].map((pid) => accounted(pid, 'sleep')),
    separator: '',
    file: 'pacct',
  },
  dmesg: {
    ...lines(
      'dmesg',
      '[   12.500000] Out of memory: Killed process 5 (a) total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:4kB, UID:5 pgtables:6kB oom_score_adj:7',
      '[   13.500000] traps: app[77] general protection fault ip:7feb sp:7ffe error:0 in libc.so.6[7fe0+100]',
      '[   14.500000] Memory failure: 0x1e94b: Sending SIGBUS to app:78 due to hardware memory corruption',
      '[   15.500000] reboot: Restarting system',
    ),
    format: 'log',
  },
  'kernel records': {
    ...lines(
      'kmsg',
      '3,1,12500000,-,caller=T5;Out of memory: Killed process 5 (a) total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:4kB',
      '4,2,13500000,-;app[77]: segfault at 10 ip 0000000000401136 sp 00007ffd error 6 in app[401000+1000]',
      '30,3,14500000,-;systemd[1]: nginx.service: Main process exited, code=killed, status=9/KILL',
    ),
    format: 'log',
  },
  'logs of programs': {
    ...lines(
      'log',
      '2026-11-23 03:12:00.123 UTC [1] LOG:  server process (PID 77) was terminated by signal 9: Killed',
      '2026/11/23 03:12:01 [alert] 10#10: worker process 78 exited on signal 11 (core dumped)',
      'Nov 23 03:12:02 earlyoom[5]: sending SIGTERM to process 79 uid 5 "web": badness 883, VmRSS 5 MiB',
      'Nov 23 03:12:03 web-3 crontab[80]: (root) REPLACE (bob)',
      '11-23 03:12:04.123   555   555 I Zygote  : Process 81 exited due to signal 9 (Killed)',
    ),
    format: 'log',
  },
  anacrontab: {
    ...lines(
      '/etc/anacrontab',
      '1 5 cron.daily run-parts /etc/cron.daily',
      '7 10 cron.weekly run-parts /etc/cron.weekly',
      '@monthly 15 cron.monthly run-parts /etc/cron.monthly',
    ),
    format: 'crontab',
  },
  crontab: lines(
    '/etc/cron.d/cleanup',
    '0 3 * * * root /usr/bin/pkill -9 -f python',
    '*/5 * * * * www-data /srv/app/tick',
    '@daily root /usr/local/bin/rotate',
  ),
  packages: lines(
    '/var/log/dpkg.log',
    '2026-11-23 03:12:00 upgrade nginx:amd64 1.22.1-9 1.22.1-10',
    '2026-11-23 03:12:02 install libpopt0:amd64 <none> 1.19+dfsg-1',
    '2026-11-23 03:12:03 remove exim4:all 4.96-15 <none>',
  ),
  'history of apt': {
    ...lines(
      '/var/log/apt/history.log',
      ...['nginx', 'libc6', 'popt'].map((name, index) =>
        [
          `Start-Date: 2026-11-23  03:1${index}:00`,
          'Commandline: apt-get upgrade -y',
          'Requested-By: ada (1000)',
          `Upgrade: ${name}:amd64 (1-1, 1-2)`,
          `End-Date: 2026-11-23  03:1${index}:30`,
          '',
        ].join('\n'),
      ),
    ),
    format: 'packages',
  },
  'logs of rpm': {
    ...lines(
      '/var/log/dnf.rpm.log',
      '2026-11-05T10:00:01+0200 SUBDEBUG Upgrade: python3-libs-3.9.16-1.el9.x86_64',
      '2026-11-05T10:00:03+0200 SUBDEBUG Erase: tzdata-2023c-1.el9.noarch',
      'Nov 05 10:00:04 Updated: 1:nginx-1.20.1-10.el7.x86_64',
      '2026-11-05 10:00:05|install|bash|5.1-6|x86_64|root@web-3|repo|sum|',
      '[2026-11-05T10:00:06+0000] [ALPM] upgraded nginx (1.24-1 -> 1.26-1)',
    ),
    format: 'packages',
  },
  'history of fish': {
    ...lines(
      'fish_history',
      '- cmd: kill -9 4121\n  when: 1790000000',
      '- cmd: systemctl stop nginx\n  when: 1790000001',
      '- cmd: ls -l\n  when: 1790000002',
    ),
    format: 'shell-history',
  },
  'shell-history': lines('.bash_history', 'kill -9 4121', 'systemctl stop nginx', 'ls -l'),
};
