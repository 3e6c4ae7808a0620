/** One file of each format as parts that stand on their own: lines, or records of one size. */
export interface Sample {
  parts: readonly Buffer[];
  /** Between the parts. */
  separator: string;
  file: string;
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
  'shell-history': lines('.bash_history', 'kill -9 4121', 'systemctl stop nginx', 'ls -l'),
};
