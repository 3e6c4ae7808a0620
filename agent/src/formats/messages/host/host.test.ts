import { describe, expect, it } from 'vitest';
import { eventsOf } from '../messages.fixture.ts';

describe('cron', () => {
  it.each([
    [
      'CRON[77]: (root) CMD (sleep $(( 1 * 60 )); touch /tmp/a)',
      'root',
      'sleep $(( 1 * 60 )); touch /tmp/a',
    ],
    [
      'CRON[77]: (root) CMD (   cd / && run-parts --report /etc/cron.hourly)',
      'root',
      'cd / && run-parts --report /etc/cron.hourly',
    ],
    ['/USR/SBIN/CRON[77]: (www-data) CMD (x)', 'www-data', 'x'],
    ['crond[77]: (al) CMD (x)', 'al', 'x'],
    ['CROND[77]: (al) CMD (x)', 'al', 'x'],
    ['/usr/sbin/cron[77]: (root) CMD (/usr/libexec/atrun)', 'root', '/usr/libexec/atrun'],
    [
      'cron.info crond[5]: USER root pid  77 cmd run-parts /etc/periodic/15min',
      'root',
      'run-parts /etc/periodic/15min',
    ],
    ["fcron[5]: Job 'x y' started for user al (pid 77)", 'al', 'x y'],
    ["anacron[77]: Job `cron.daily' started", null, 'cron.daily'],
    ['crond[5]: FILE /var/spool/cron/root USER root PID  77 job sys-hourly', 'root', 'sys-hourly'],
    ['crond[5]: FILE /var/spool/cron/al USER al PID 77 run-parts /x', 'al', 'run-parts /x'],
    [
      "atd[77]: Starting job 5 (a0000501c2f3a4) for user 'al' (1000)",
      'al',
      'at job 5 (a0000501c2f3a4)',
    ],
  ])('%s', (line, user, command) => {
    expect(eventsOf(line)).toMatchObject([
      { kind: 'cron-run', pid: 77, user, command, host: 'web-1' },
    ]);
  });

  it('takes time by the length of a line, not by its square', () => {
    expect(eventsOf(`CRON[7]: (a) CMD (${') CMD ('.repeat(40_000)}`)).toEqual([]);
    expect(eventsOf(`CRON[7]: (a) CMD (${') CMD ('.repeat(40_000)})`)).toHaveLength(1);
  });

  it('ran nothing when it starts or ends', () => {
    expect(
      eventsOf('CRON[7]: (root) CMDEND (x)', 'cron[5]: (CRON) INFO (Running @reboot jobs)'),
    ).toEqual([]);
  });
});

describe('crontab', () => {
  it.each([
    ['crontab[77]: (root) REPLACE (root)', 'root', 'root', 'replace'],
    ['crontab[77]: (alice) DELETE (bob)', 'alice', 'bob', 'delete'],
    ['crontab[77]: (root) BEGIN EDIT (www-data)', 'root', 'www-data', 'begin-edit'],
    ['crontab[77]: (root) END EDIT (www-data)', 'root', 'www-data', 'end-edit'],
    ['/usr/bin/crontab[77]: (root) EDIT (al)', 'root', 'al', 'edit'],
    ['fcrontab[77]: installing file /tmp/x for user al', null, 'al', 'replace'],
  ])('%s', (line, user, owner, action) => {
    expect(eventsOf(line)).toMatchObject([
      { kind: 'cron-change', pid: 77, user, owner, action, host: 'web-1' },
    ]);
  });

  it.each([
    ['cron[77]: (bob) RELOAD (crontabs/bob)', 'bob', 'crontabs/bob'],
    ['crond[77]: (*system*) RELOAD (/etc/cron.d/0hourly)', null, '/etc/cron.d/0hourly'],
    ['cron[77]: (*system*x) RELOAD (/etc/cron.d/x)', null, '/etc/cron.d/x'],
  ])('is found changed by the daemon: %s', (line, owner, file) => {
    expect(eventsOf(line)).toMatchObject([
      { kind: 'cron-change', pid: 77, user: null, owner, action: 'reload', file },
    ]);
  });

  it('changes nothing when it lists, and another program never', () => {
    expect(eventsOf('crontab[7]: (root) LIST (root)', 'app[7]: (root) REPLACE (root)')).toEqual([]);
  });
});

describe('shutdown', () => {
  it.each([
    ['systemd-logind[5]: System is rebooting.', 'reboot'],
    ['systemd-logind[5]: The system will power off now!', 'poweroff'],
    ['shutdown[5]: shutting down for system halt', 'halt'],
    ['init: Switching to runlevel: 6', 'reboot'],
    ['systemd[1]: Shutting down.', null],
    ['systemd: Shutting down.', null],
    ['systemd-shutdown[1]: Rebooting.', 'reboot'],
    ['systemd-shutdown[1]: Powering off.', 'poweroff'],
    ['systemd-shutdown: Halting system.', 'halt'],
    ['kernel: [  100.400000] systemd-shutdown[1]: Rebooting with kexec.', 'kexec'],
  ])('%s', (line, how) => {
    expect(eventsOf(line)).toMatchObject([{ kind: 'shutdown', how }]);
  });

  it('is not the end of a user’s manager', () => {
    expect(eventsOf('systemd[999]: Shutting down.')).toEqual([]);
  });
});
