import { expect, it } from 'vitest';
import { packageParser } from './packages.ts';

const read = (text: string, timeZone = 'UTC') => {
  const parser = packageParser(timeZone, new Date('2026-12-31T00:00:00Z'));
  return [...text.split('\n').flatMap((line) => parser.push(line)), ...parser.flush()];
};

it('dpkg.log: what was changed, not what was configured on the way', () => {
  const events = read(
    [
      '2026-11-23 03:11:58 startup archives unpack',
      '2026-11-23 03:12:00 upgrade nginx:amd64 1.22.1-9 1.22.1-10',
      '2026-11-23 03:12:01 status half-configured nginx:amd64 1.22.1-9',
      '2026-11-23 03:12:02 install libpopt0:amd64 <none> 1.19+dfsg-1',
      '2026-11-23 03:12:03 remove exim4:all 4.96-15 <none>',
      '2026-11-23 03:12:04 configure nginx:amd64 1.22.1-10 <none>',
      '2026-13-45 03:12:04 remove torn:all 1 <none>',
    ].join('\n'),
    'Europe/Berlin',
  );
  expect(events).toMatchObject([
    {
      kind: 'package-change',
      at: '2026-11-23T02:12:00.000Z',
      ...{ manager: 'dpkg', action: 'upgrade', package: 'nginx' },
      ...{ fromVersion: '1.22.1-9', toVersion: '1.22.1-10' },
    },
    { action: 'install', package: 'libpopt0', fromVersion: null, toVersion: '1.19+dfsg-1' },
    { action: 'remove', package: 'exim4', toVersion: null },
  ]);
});

it("apt's history: the run, who asked for it, and one that never ended", () => {
  const events = read(
    [
      '',
      'Start-Date: 2026-11-23  03:11:57',
      'Commandline: apt-get upgrade -y',
      'Requested-By: ada (1000)',
      'Upgrade: nginx:amd64 (1.22.1-9, 1.22.1-10), libc6:amd64 (2.36-9, 2.36-10)',
      'Install: popt:amd64 (1.19, automatic)',
      'End-Date: 2026-11-23  03:12:30',
      '',
      'Start-Date: 2026-11-23  04:00:00',
      'Commandline: apt-get remove nginx',
      'Remove: nginx:amd64 (1.22.1-10)',
      'Error: Sub-process /usr/bin/dpkg returned an error code (1)',
    ].join('\n'),
  );
  expect(events).toMatchObject([
    {
      kind: 'package-run',
      at: '2026-11-23T03:12:30.000Z',
      startedAt: '2026-11-23T03:11:57.000Z',
      ...{ manager: 'apt', command: 'apt-get upgrade -y', user: 'ada', uid: 1000 },
      packages: ['nginx', 'libc6', 'popt'],
    },
    {
      at: '2026-11-23T04:00:00.000Z',
      endedAt: null,
      ...{ user: null, packages: ['nginx'] },
      error: 'Sub-process /usr/bin/dpkg returned an error code (1)',
    },
  ]);
});

it('dnf and zypper: name and version apart, the old package of an upgrade left out', () => {
  const events = read(
    [
      '2026-05-05T10:00:00+0200 INFO --- logging initialized ---',
      '2026-05-05T10:00:01+0200 SUBDEBUG Upgrade: python3-libs-3.9.16-1.el9.x86_64',
      '2026-05-05T10:00:02+0200 SUBDEBUG Upgraded: python3-libs-3.9.14-1.el9.x86_64',
      '2026-05-05T10:00:03+0200 SUBDEBUG Erase: tzdata-2023c-1.el9.noarch',
      '2026-21-05T10:00:04+0200 SUBDEBUG Upgrade: of-no-month-1.0-1.el9.x86_64',
      '2026-05-05 10:00:04|install|bash|5.1-6|x86_64|root@web-3|repo|sum|',
      '2026-05-05 10:00:05|command|root@web-3|zypper in bash|',
    ].join('\n'),
  );
  expect(events).toMatchObject([
    {
      at: '2026-05-05T08:00:01.000Z',
      ...{ manager: 'rpm', action: 'upgrade', package: 'python3-libs', toVersion: '3.9.16-1.el9' },
    },
    { action: 'remove', package: 'tzdata', fromVersion: '2023c-1.el9' },
    { at: '2026-05-05T10:00:04.000Z', action: 'install', package: 'bash', toVersion: '5.1-6' },
  ]);
});

it('yum.log: dated by the year that it lacks, with the epoch', () => {
  const events = read(
    [
      'Feb 01 10:00:00 Updated: 1:nginx-1.20.1-10.el7.x86_64',
      'Feb 01 10:00:01 Installed: python-jmespath-0.9.4-2.el7.noarch',
      'Feb 01 10:00:02 Erased: python-foo-bar',
      'Feb 01 10:00:03 whatever: x-1-1',
    ].join('\n'),
  );
  expect(events).toMatchObject([
    {
      at: '2026-02-01T10:00:00.000Z',
      ...{ kind: 'package-change', manager: 'rpm', action: 'upgrade', package: 'nginx' },
      toVersion: '1:1.20.1-10.el7',
    },
    { action: 'install', package: 'python-jmespath', toVersion: '0.9.4-2.el7' },
    { action: 'remove', package: 'python-foo-bar', fromVersion: null },
  ]);
  expect(events).toHaveLength(3);
});

it('pacman.log: changes, and the transaction with the command that was typed', () => {
  const events = read(
    [
      "[2026-02-01T10:00:00+0100] [PACMAN] Running 'pacman -Syu'",
      '[2026-02-01T10:00:01+0100] [ALPM] transaction started',
      '[2026-02-01T10:00:02+0100] [ALPM] upgraded nginx (1.24-1 -> 1.26-1)',
      '[2026-02-01T10:00:02+0100] [ALPM] removed popt (1.19-1)',
      '[2026-02-01T10:00:03+0100] [ALPM] transaction completed',
      '[2014-02-01 10:00] installed bash (5.1-1)',
      '[2014-02-01 10:00] [ALPM-SCRIPTLET] upgraded what (it says',
    ].join('\n'),
  );
  expect(events).toMatchObject([
    {
      at: '2026-02-01T09:00:02.000Z',
      ...{ manager: 'pacman', action: 'upgrade', package: 'nginx' },
      ...{ fromVersion: '1.24-1', toVersion: '1.26-1' },
    },
    { action: 'remove', package: 'popt', fromVersion: '1.19-1', toVersion: null },
    {
      kind: 'package-run',
      at: '2026-02-01T09:00:03.000Z',
      startedAt: '2026-02-01T09:00:01.000Z',
      ...{ command: 'pacman -Syu', packages: ['nginx', 'popt'], error: null },
    },
    { at: '2014-02-01T10:00:00.000Z', action: 'install', package: 'bash', toVersion: '5.1-1' },
  ]);
});

it("apt's terminal: what needrestart restarted, not what it deferred", () => {
  const events = read(
    [
      'Log started: 2026-02-01  10:00:00',
      'Setting up libc6:amd64 (2.36-10) ...',
      'Restarting services...',
      ' /etc/needrestart/restart.d/systemd-manager',
      ' systemctl restart cron.service nginx.service',
      'Service restarts being deferred:',
      ' systemctl restart systemd-logind.service',
      'Log ended: 2026-02-01  10:00:30',
      ' systemctl restart later.service',
      '2026-02-01 06:10:00,123 INFO Packages that will be upgraded: nginx libc6',
    ].join('\n'),
  );
  expect(events).toMatchObject([
    {
      ...{ kind: 'package-run', manager: 'needrestart', at: '2026-02-01T10:00:30.000Z' },
      startedAt: '2026-02-01T10:00:00.000Z',
      command: 'systemctl restart cron.service nginx.service',
    },
    {
      ...{ manager: 'unattended-upgrades', at: '2026-02-01T06:10:00.000Z' },
      packages: ['nginx', 'libc6'],
    },
  ]);
  expect(events).toHaveLength(2);
});
