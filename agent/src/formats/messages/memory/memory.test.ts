import { describe, expect, it } from 'vitest';
import { logParser } from '../../log/log-parser.ts';
import { eventsOf } from '../messages.fixture.ts';

describe('earlyoom', () => {
  it.each([
    [
      'sending SIGTERM to process 77 uid 1000 "we "b"": oom_score 823, VmRSS 79 MiB, cmdline "x"',
      { comm: 'we "b"', uid: 1000, signal: 'SIGTERM' },
    ],
    [
      'sending SIGKILL to process 77 uid 1000 "web": badness 757, VmRSS 637 MiB',
      { signal: 'SIGKILL' },
    ],
    [
      'sending SIGTERM to process 77 "web": badness 209, VmRSS 2891 MiB',
      { comm: 'web', uid: null },
    ],
    ['killing process 77 "web" with signal 15: badness 550, VmRSS 7609 MiB', { signal: 'SIGTERM' }],
    [
      "Killing process 'web' with signal 9, pid: 77, badness: 538, VmRSS: 3160 MiB",
      { comm: 'web', signal: 'SIGKILL' },
    ],
    ['Killing process 77 web', { comm: 'web', signal: null }],
    ['sending SIGTERM to process 77 uid 5 "web"', { comm: 'web', uid: 5, signal: 'SIGTERM' }],
    ['sending SIGTERM to process 77 uid 5 "web": bad', { comm: 'web', signal: 'SIGTERM' }],
    ['sending SIGTERM to process 77 uid 5 "we', { comm: null, signal: 'SIGTERM' }],
  ])('%s', (text, facts) => {
    expect(eventsOf(`earlyoom[5]: ${text}`)).toMatchObject([
      { kind: 'oom-daemon-kill', daemon: 'earlyoom', pid: 77, ...facts },
    ]);
  });

  it('adds how it went, and the escalation', () => {
    const events = eventsOf(
      'earlyoom[5]: sending SIGTERM to process 77 uid 1 "web": badness 209, VmRSS 2891 MiB',
      'earlyoom[5]: escalating to SIGKILL after 2.4 seconds',
      'earlyoom[5]: process exited after 2.8 seconds',
    );
    expect(events).toMatchObject([
      { signal: 'SIGTERM' },
      {
        signal: 'SIGKILL',
        pid: 77,
        text: 'escalating to SIGKILL after 2.4 seconds; process exited after 2.8 seconds',
      },
    ]);
  });

  it('kills nobody in a dry run', () => {
    const text = "Killing process 'web' with signal 0, pid: 77, badness: 538, VmRSS: 3160 MiB";
    expect(eventsOf(`earlyoom[5]: ${text}`)).toEqual([]);
  });
});

describe('systemd-oomd', () => {
  it('names the cgroup and the unit, no victim', () => {
    const text =
      'Killed /user.slice/user-1000.slice/user@1000.service/app.slice/app-a\\x2db-1.scope due to memory pressure for /user.slice being 51.23% > 50.00% for > 20s with reclaim activity';
    expect(eventsOf(`systemd-oomd[5]: ${text}`)).toMatchObject([
      {
        daemon: 'systemd-oomd',
        pid: null,
        comm: null,
        cgroup: '/user.slice/user-1000.slice/user@1000.service/app.slice/app-a\\x2db-1.scope',
        unit: 'app-a\\x2db-1.scope',
        signal: null,
      },
    ]);
  });

  it('is believed without its reason', () => {
    expect(eventsOf('systemd-oomd[5]: Killed /a.slice/b.scope')).toMatchObject([
      { cgroup: '/a.slice/b.scope', unit: 'b.scope' },
    ]);
  });

  it('names the process where it logs each one', () => {
    expect(eventsOf('systemd-oomd[5]: oomd attempting to kill 77 with KILL')).toMatchObject([
      { pid: 77, comm: null, signal: 'SIGKILL' },
    ]);
  });

  it.each([
    'Marked /a.slice for killing',
    'Failed to kill any cgroup(s) under /a.slice based on pressure: No such device',
    '[DRY RUN] Killed /a.slice due to memory pressure',
  ])('kills nobody with: %s', (text) => {
    expect(eventsOf(`systemd-oomd[5]: ${text}`)).toEqual([]);
  });
});

describe('oomd of Facebook', () => {
  const kill = (killer: string): string =>
    `oomd kill: 12.34 15.44 10.10 workload.slice/x.service 123456 ruleset:[a] detectorgroup:[b] killer:${killer} v2`;

  it('names the cgroup that it killed', () => {
    expect(eventsOf(kill('kill_by_pressure'))).toMatchObject([
      { daemon: 'oomd', pid: null, cgroup: '/workload.slice/x.service', unit: 'x.service' },
    ]);
  });

  it('kills nobody in a rehearsal', () => {
    expect(eventsOf(kill('(dry)kill_by_pressure'))).toEqual([]);
  });
});

describe('nohang', () => {
  it.each([
    [
      'the victim in one line',
      [
        'TOP printed in 1ms; process with highest badness:',
        '  PID: 77, name: mysqld, badness: 849',
        '  CGroup_v2: /system.slice/mysql.service',
        'Implementing a corrective action:',
        '  Sending SIGTERM to the victim; total response time: 4 ms',
      ],
      { cgroup: '/system.slice/mysql.service', unit: 'mysql.service' },
    ],
    [
      'a victim that it remembers',
      [
        'New victim is cached victim 77 (mysqld)',
        'Implementing a corrective action:',
        '  Sending SIGTERM to the victim',
      ],
      { cgroup: null },
    ],
    [
      'the victim in a block',
      [
        'Found a victim with highest badness:',
        '  Name:    mysqld (state: S)',
        '  PID:     77',
        'Implement a corrective action:',
        '  Sending SIGTERM to the victim; OK; response time: 5 ms',
      ],
      {},
    ],
    [
      'the signal first',
      [
        '  Preventing OOM: trying to send the SIGTERM signal to mysqld,',
        '  Pid: 77, Badness: 82, VmRSS: 485 MiB, VmSwap: 0 MiB',
        '  Success; reaction time: 11 ms',
      ],
      {},
    ],
  ])('joins the victim with the signal: %s', (_, lines, facts) => {
    expect(eventsOf(...lines.map((line) => `nohang[5]: ${line}`))).toMatchObject([
      { daemon: 'nohang', pid: 77, comm: 'mysqld', signal: 'SIGTERM', ...facts },
    ]);
  });

  it('dates lines of its own log by the line that they continue', () => {
    const parser = logParser({ now: new Date('2026-12-31T00:00:00Z'), timeZone: 'UTC' });
    const events = [
      '2026-08-10 16:53:26,463: TOP printed in 1ms; process with highest badness:',
      '  PID: 77, name: mysqld, badness: 849',
      '2026-08-10 16:53:27,465: Implementing a corrective action:',
      '  Sending SIGTERM to the victim',
    ].flatMap((line) => parser.push(line));
    expect(events).toMatchObject([{ pid: 77, at: '2026-08-10T16:53:27.465Z' }]);
  });

  it('names nobody when another process is signalled than the one it chose', () => {
    expect(
      eventsOf(
        'nohang[5]:   PID: 77, name: mysqld, badness: 849',
        'nohang[5]:   Sending SIGKILL to the victim with PID 78',
      ),
    ).toMatchObject([{ pid: 78, comm: null, signal: 'SIGKILL' }]);
  });
});

describe('lmkd', () => {
  it.each([
    "lowmemorykiller: Kill 'com.x' (77), uid 10115, oom_score_adj 905 to free 123456kB rss, 0kB swap; reason: low watermark is breached",
    "lmkd[5]: Killing 'com.x' (77), uid 10115, adj 900",
  ])('%s', (line) => {
    expect(eventsOf(line)).toMatchObject([
      { kind: 'oom-daemon-kill', daemon: 'lmkd', pid: 77, comm: 'com.x', uid: 10_115 },
    ]);
  });
});
