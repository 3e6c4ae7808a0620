import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CronJobEvent } from '@coroner/schema/event/schedule';
import { expect, it, onTestFinished } from 'vitest';
import { crontabSource } from './source.ts';

/** What the source tells of a host with these files; a value of null is a link to /dev/null. */
async function told(files: Record<string, string | null>, executable: string[] = []) {
  const root = mkdtempSync(join(tmpdir(), 'coroner-jobs-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (text === null) symlinkSync('/dev/null', join(root, path));
    else writeFileSync(join(root, path), text);
  }
  for (const path of executable) chmodSync(join(root, path), 0o755);
  const events: CronJobEvent[] = [];
  const running = await crontabSource({ host: 'web-3', memoryPath: null, root }).start((event) =>
    events.push(event as CronJobEvent),
  );
  await running.stop();
  return events.map(({ file, line, user, schedule, command, job }) => ({
    ...{ file: file.replace(root, ''), line, user, schedule },
    ...{ command: command.replace(root, ''), job: job?.replace(root, '') ?? null },
  }));
}

const atScript = `#!/bin/sh
# atrun uid=1000 gid=1000
# mail alice 0
umask 22
HOME=/home/alice; export HOME
cd /home/alice || {
	 echo 'Execution directory inaccessible' >&2
	 exit 1
}
sleep 1
kill -9 4121
`;

it('jobs of at: when, whose, and what was typed', async () => {
  const path = 'var/spool/cron/atjobs/a0002a01c5fd78';
  expect(await told({ [path]: atScript, 'var/spool/cron/atjobs/.SEQ': '1' })).toEqual([
    {
      ...{ file: `/${path}`, line: 10, user: 'alice', command: 'sleep 1\nkill -9 4121', job: null },
      schedule: `at ${new Date(0x01c5fd78 * 60_000).toISOString()}`,
    },
  ]);
});

it('timers that are enabled, with what their service runs', async () => {
  const units = 'usr/lib/systemd/system';
  const wants = 'etc/systemd/system/timers.target.wants';
  const files = {
    'run/systemd/system/x': '',
    [`${units}/clean.timer`]: '[Timer]\nOnCalendar=daily\nRandomizedDelaySec=1h\n',
    [`${units}/clean.service`]: '[Service]\nUser=bob\nExecStart=/usr/bin/clean --all\n',
    [`${units}/off.timer`]: '[Timer]\nOnCalendar=hourly\n',
    [`${units}/masked.timer`]: '[Timer]\nOnCalendar=hourly\n',
    'etc/systemd/system/masked.timer': null,
    'etc/systemd/system/clean.timer.d/night.conf': '[Timer]\nOnCalendar=\nOnCalendar=*-*-* 03:00\n',
    [`${wants}/clean.timer`]: '',
    [`${wants}/masked.timer`]: '',
  };
  const clean = { user: 'bob', command: '/usr/bin/clean --all', job: 'clean.service', line: 1 };
  expect(await told(files)).toEqual([
    { ...clean, file: `/${units}/clean.timer`, schedule: 'OnCalendar=*-*-* 03:00' },
  ]);
  const { 'run/systemd/system/x': _, ...withoutSystemd } = files;
  expect(await told(withoutSystemd)).toEqual([]);
});

it('scripts of run-parts, at the times of the line that runs them', async () => {
  const files = {
    'etc/debian_version': '12.5\n',
    'etc/crontab': '17 * * * * root cd / && run-parts --report /etc/cron.hourly\n',
    'etc/cron.hourly/clean': '#!/bin/sh\n',
    'etc/cron.hourly/.placeholder': '',
    'etc/cron.hourly/not-executable': '',
    'etc/cron.daily/report': '#!/bin/sh\n',
  };
  const scripts = await told(files, ['etc/cron.hourly/clean', 'etc/cron.daily/report']);
  const part = { line: 1, user: 'root' };
  expect(scripts.slice(1)).toEqual([
    {
      ...{ ...part, file: '/etc/cron.hourly/clean', command: '/etc/cron.hourly/clean' },
      ...{ schedule: '17 * * * *', job: '/etc/crontab line 1' },
    },
    {
      ...{ ...part, file: '/etc/cron.daily/report', command: '/etc/cron.daily/report' },
      ...{ schedule: 'run-parts /etc/cron.daily', job: null },
    },
  ]);
});
