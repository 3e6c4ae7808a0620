import { describe, expect, it } from 'vitest';
import type { RawEvent } from '../../../source.ts';
import { logParser } from '../../log/log-parser.ts';

function eventsOf(...lines: readonly string[]): RawEvent[] {
  const parser = logParser({ now: new Date('2026-12-31T00:00:00Z'), timeZone: 'UTC' });
  return [...lines.flatMap((line) => parser.push(line)), ...parser.flush()];
}

const syslog = 'Feb  6 11:37:41 web-1';

describe('a program about an end by a signal', () => {
  it.each<[string, Record<string, unknown>]>([
    [
      '2021-01-30 09:05:13.815 GMT [1] LOG:  server process (PID 77) was terminated by signal 9: Killed',
      { reporter: 'postgres', comm: 'postgres', signal: 'SIGKILL', at: '2021-01-30T09:05:13.815Z' },
    ],
    [
      '2021-09-09 18:15:08 UTC [5605]:Timescale: LOG: client backend (PID 77) was terminated by signal 11: Segmentation fault',
      { reporter: 'postgres', signal: 'SIGSEGV', at: '2021-09-09T18:15:08.000Z' },
    ],
    [
      '2024-05-06 07:08:09 UTC::@:[900]:LOG:  server process (PID 77) was terminated by signal 6: Aborted',
      { reporter: 'postgres', signal: 'SIGABRT', at: '2024-05-06T07:08:09.000Z' },
    ],
    [
      `${syslog} postgres[1]: [3-1] 2021-01-30 09:05:13.815 GMT [1] LOG:  autovacuum worker (PID 77) was terminated by signal 9: Killed`,
      { reporter: 'postgres', at: '2026-02-06T11:37:41.000Z' },
    ],
    [
      '2024/01/15 10:30:25 [alert] 123#0: worker process 77 exited on signal 11 (core dumped)',
      { reporter: 'nginx', comm: 'nginx', signal: 'SIGSEGV', coreDumped: true },
    ],
    [
      `${syslog} nginx: 2024/01/15 10:30:25 [alert] 123#0: worker process 77 exited on signal 9`,
      { reporter: 'nginx', signal: 'SIGKILL', coreDumped: false },
    ],
    [
      '[09-Aug-2021 12:00:00] WARNING: [pool www] child 77 exited on signal 11 (SIGSEGV - core dumped) after 7.4 seconds from start',
      { reporter: 'php-fpm', coreDumped: true, at: '2021-08-09T12:00:00.000Z' },
    ],
    [
      `${syslog} php-fpm8.2[5]: [WARNING] [pool www] child 77 exited on signal 15 (SIGTERM) after 7.4 seconds from start`,
      { reporter: 'php-fpm', comm: 'php-fpm8.2', signal: 'SIGTERM', coreDumped: false },
    ],
    [
      '[Sat May 18 12:13:50.883186 2019] [core:notice] [pid 44:tid 140] AH00051: child pid 77 exit signal Segmentation fault (11), possible coredump in /etc/apache2',
      { reporter: 'httpd', signal: 'SIGSEGV', coreDumped: true, at: '2019-05-18T12:13:50.883186Z' },
    ],
    [
      '[Sat Jan 17 13:58:40 2009] [notice] child pid 77 exit signal Killed (9)',
      { reporter: 'httpd', signal: 'SIGKILL', at: '2009-01-17T13:58:40.000Z' },
    ],
    [
      '[2026-05-26 19:49:12 +0200] [56] [ERROR] Worker (pid:77) was sent SIGKILL! Perhaps out of memory?',
      { reporter: 'gunicorn', signal: 'SIGKILL', at: '2026-05-26T17:49:12.000Z' },
    ],
    [
      '[2021-05-26 19:49:12 +0000] [56] [WARNING] Worker with pid 77 was terminated due to signal 9',
      { reporter: 'gunicorn', signal: 'SIGKILL' },
    ],
    [
      'DAMN ! worker 1 (pid: 77) died, killed by signal 9 :( trying respawn ...',
      { reporter: 'uwsgi', signal: 'SIGKILL', at: null },
    ],
    [
      '/var/spool/slurmd/job12/slurm_script: line 21: 77 Killed                  /opt/bin/cargo run -p x',
      { reporter: 'bash', comm: 'cargo', signal: 'SIGKILL' },
    ],
    [
      'run.sh: line 7:    77 Segmentation fault      (core dumped) ./a.out',
      { reporter: 'bash', comm: 'a.out', signal: 'SIGSEGV', coreDumped: true },
    ],
    [
      '02-06 11:37:41.123    77    78 F libc    : Fatal signal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x0 in tid 78 (RenderThread), pid 77 (com.foo)',
      { reporter: 'libc', comm: 'com.foo', signal: 'SIGSEGV', at: '2026-02-06T11:37:41.123Z' },
    ],
    [
      '02-06 11:37:41.123   555   555 I Zygote  : Process 77 exited due to signal 9 (Killed)',
      { reporter: 'zygote', comm: null, signal: 'SIGKILL' },
    ],
    [
      "[   12.345678] init: Service 'media' (pid 77) killed by signal 9",
      { reporter: 'init', comm: 'media', signal: 'SIGKILL' },
    ],
    [
      '#  SIGSEGV (0xb) at pc=0x00007f2a, pid=77, tid=140',
      { reporter: 'java', comm: 'java', signal: 'SIGSEGV' },
    ],
    [
      'mpirun noticed that process rank 2 with PID 77 on node n1 exited on signal 11 (Segmentation fault).',
      { reporter: 'mpirun', comm: null, signal: 'SIGSEGV' },
    ],
    [
      '2021-01-30 09:05:13.815 UTC,,,12,,65c2.c,5,,2021-01-30 09:00:00 UTC,,0,LOG,00000,"server process (PID 77) was terminated by signal 9: Killed","Failed process was running: select 1",,,',
      { reporter: 'postgres', signal: 'SIGKILL', at: '2021-01-30T09:05:13.815Z' },
    ],
    [
      '{"timestamp":"2021-01-30 09:05:13.815 UTC","pid":12,"session_id":"65c2.c","line_num":5,"error_severity":"LOG","message":"server process (PID 77) was terminated by signal 9: Killed"}',
      { reporter: 'postgres', signal: 'SIGKILL' },
    ],
    ...[
      'LOG:  Serverprozess (PID 77) wurde von Signal 9 beendet: Killed',
      'LOG:  processus serveur (PID 77) a été arrêté par le signal 9 : Killed',
      'СООБЩЕНИЕ:  серверный процесс (PID 77) был завершён по сигналу 9: Killed',
      'ログ:  サーバープロセス (PID 77)はシグナル9で終了しました: Killed',
      '日志:  服务器进程 (PID 77) 被信号 9 终止: Killed',
    ].map((text): [string, Record<string, unknown>] => [
      `2021-01-30 09:05:13.815 UTC [1] ${text}`,
      { reporter: 'postgres', signal: 'SIGKILL' },
    ]),
    [
      `${syslog} dovecot: imap(al)<5><abc>: Fatal: master: service(imap): child 77 killed with signal 11 (core dumps disabled - https://x)`,
      { reporter: 'dovecot', comm: 'imap', signal: 'SIGSEGV' },
    ],
    [
      `${syslog} dovecot: master: Error: service(pop3): child 77 killed with signal 11 (core dumped)`,
      { reporter: 'dovecot', comm: 'pop3', coreDumped: true },
    ],
    [
      `${syslog} postfix/master[5]: warning: process /usr/lib/postfix/sbin/smtpd pid 77 killed by signal 11`,
      { reporter: 'postfix', comm: 'smtpd', signal: 'SIGSEGV' },
    ],
    [
      `${syslog} squid[5]: Squid Parent: squid-1 process 77 exited due to signal 6 with status 0`,
      { reporter: 'squid', comm: 'squid', signal: 'SIGABRT' },
    ],
    [
      `${syslog} varnishd[5]: Child (77) died signal=6`,
      { reporter: 'varnishd', comm: null, signal: 'SIGABRT' },
    ],
    [
      `${syslog} haproxy[5]: [ALERT] 036/113741 (5) : Current worker #1 (77) exited with code 139 (Segmentation fault)`,
      { reporter: 'haproxy', comm: 'haproxy', signal: 'SIGSEGV' },
    ],
    [
      '[ALERT]    (5) : Current worker (77) exited with code 137 (Killed)',
      { reporter: 'haproxy', signal: 'SIGKILL' },
    ],
    [
      'E, [2026-02-06T11:37:41.123456 #12] ERROR -- : reaped #<Process::Status: pid 77 SIGKILL (signal 9)> worker=0',
      { reporter: 'unicorn', comm: null, signal: 'SIGKILL' },
    ],
    [
      "[2026-02-06 11:37:41,123: ERROR/MainProcess] Process 'ForkPoolWorker-1' pid:77 exited with 'signal 9 (SIGKILL)'",
      { reporter: 'celery', comm: null, signal: 'SIGKILL' },
    ],
    [
      '2026-02-06T11:37:41: PM2 log: App [web] with id [0] and pid [77], exited with code [0] via signal [SIGKILL]',
      { reporter: 'pm2', signal: 'SIGKILL' },
    ],
  ])('%s', (line, facts) => {
    expect(eventsOf(line)).toMatchObject([{ kind: 'reported-end', pid: 77, ...facts }]);
  });

  it('is read from the output of a container, whose words are no kernel', () => {
    const said = 'DAMN ! worker 1 (pid: 77) died, killed by signal 9 :( trying respawn ...';
    const kill = 'Out of memory: Killed process 5 (a) total-vm:1kB, anon-rss:2kB, file-rss:3kB';
    const at = '2025-07-05T12:18:55.018254Z';
    const time = '2025-07-05T12:18:55.018254745Z';
    expect(
      eventsOf(
        `${time} stderr F ${said}`,
        `${time} stdout F ${kill}`,
        JSON.stringify({ log: `${said}\n`, stream: 'stderr', time }),
        JSON.stringify({ log: `[   12.345678] ${kill}\n`, stream: 'stdout', time }),
        '{"log":"torn',
      ),
    ).toMatchObject([
      { kind: 'reported-end', reporter: 'uwsgi', at },
      { kind: 'reported-end', reporter: 'uwsgi', at },
    ]);
  });

  it('has no pid where its line has none', () => {
    const events = eventsOf(
      '2026-02-06T11:37:41: PM2 log: App [web:0] exited with code [0] via signal [SIGINT]',
      '260206 11:37:42 [ERROR] mysqld got signal 11 ;',
      '11:37:43 UTC - mysqld got signal 6 ;',
    );
    expect(events).toMatchObject([
      { reporter: 'pm2', pid: null, comm: 'web', signal: 'SIGINT' },
      { reporter: 'mysqld', pid: null, comm: 'mysqld', signal: 'SIGSEGV' },
      { reporter: 'mysqld', pid: null, comm: 'mysqld', signal: 'SIGABRT' },
    ]);
  });

  it('has the pid that supervisord named before, where it did', () => {
    const events = eventsOf(
      "2023-07-15 00:55:50,746 INFO spawned: 'web' with pid 77",
      '2023-07-15 00:55:51,746 INFO exited: web (terminated by SIGKILL; not expected)',
      '2023-07-15 00:55:52,746 WARN exited: g:db (terminated by SIGSEGV (core dumped); not expected)',
    );
    expect(events).toMatchObject([
      { reporter: 'supervisord', pid: 77, comm: 'web', signal: 'SIGKILL', coreDumped: false },
      { reporter: 'supervisord', pid: null, comm: 'db', signal: 'SIGSEGV', coreDumped: true },
    ]);
  });

  it.each([
    '2021-01-30 09:05:13.815 GMT [1] LOG:  background worker "x" (PID 55) exited with exit code 1',
    "2021-01-30 09:05:13.815 GMT [9] ERROR:  'LOG:  server process (PID 77) was terminated by signal 9'",
    '2021-01-30 09:05:13.815 GMT [9] STATEMENT:  select LOG:  server process (PID 77) was terminated by signal 9: Killed',
    '2021-01-30 09:05:13.815 GMT [9] a=LOG:  server process (PID 77) was terminated by signal 9: FATAL:  no such role',
    '2021-01-30 09:05:13.815 UTC,"a","LOG,00000,""server process (PID 77) was terminated by signal 9: Killed""",12,,x,5,,2021-01-30 09:00:00 UTC,,0,LOG,00000,"x",,',
    '2021-01-30 09:05:13.815 CET [12] LOG:  Hintergrundprozess »x« (PID 77) beendete mit Status 1',
    `${syslog} mysqld[77]: 2026-02-06T11:37:41Z 0 [Note] mysqld: got signal 15 to shut down`,
    `${syslog} haproxy[5]: [NOTICE] 036/113741 (5) : Current worker #1 (77) exited with code 130 (Exit)`,
    `${syslog} dovecot: imap-login: Login: user=<Error: service(imap): child 77 killed with signal 9>, method=PLAIN`,
    `${syslog} app[5]: warning: process /usr/sbin/x pid 77 killed by signal 11`,
    '2024/01/15 10:30:25 [notice] 123#123: worker process 790 exited with code 0',
    '2024/01/15 10:30:25 [error] 12#12: *45 open() "/x/worker process 789 exited on signal 11" failed (2: No such file)',
    '[09-Aug-2021 12:00:00] WARNING: [pool www] child 113 exited with code 255 after 7.4 seconds from start',
    '[Sat Jan 17 13:58:40 2009] [error] [client 1.2.3.4] not found: /var/www/child pid 5 exit signal Killed (9)',
    '2022-09-10 09:08:52,142 INFO exited: web (exit status 1; not expected)',
    `${syslog} app[7]: LOG:  server process (PID 290) was terminated by signal 9: Killed`,
    `${syslog} app[7]: DAMN ! worker 1 (pid: 3076) died, killed by signal 9 :( trying respawn ...`,
    `${syslog} app[7]: line 21: 77 Killed     sleep 5`,
    `${syslog} app[7]: INFO exited: web (terminated by SIGKILL; not expected)`,
    'the uwsgi log says: DAMN ! worker 1 (pid: 3076) died, killed by signal 9 :( trying',
  ])('sees none in: %s', (line) => {
    expect(eventsOf(line)).toEqual([]);
  });
});
