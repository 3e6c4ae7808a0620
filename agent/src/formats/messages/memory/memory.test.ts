import { describe, expect, it } from 'vitest';
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

describe('nohang', () => {
  it('joins the victim with the signal', () => {
    const events = eventsOf(
      'nohang[5]: TOP printed in 1ms; process with highest badness:',
      'nohang[5]:   PID: 77, name: mysqld, badness: 849',
      'nohang[5]:   CGroup_v2: /system.slice/mysql.service',
      'nohang[5]: Implementing a corrective action:',
      'nohang[5]:   Sending SIGTERM to the victim; total response time: 4 ms',
    );
    expect(events).toMatchObject([
      {
        daemon: 'nohang',
        pid: 77,
        comm: 'mysqld',
        signal: 'SIGTERM',
        cgroup: '/system.slice/mysql.service',
        unit: 'mysql.service',
      },
    ]);
  });
});
