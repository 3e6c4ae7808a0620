import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { atJob } from './at-job.ts';
import type { Job } from './job.ts';
import { timerJobs } from './timers.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'coroner-job-files-'));
  mkdirSync(join(root, 'etc/systemd/system'), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function allowed(jobs: readonly Job[]): void {
  for (const job of jobs) {
    const event = { kind: 'cron-job', source: 'crontab', at: null, id: 'property-test', ...job };
    expect(Event.safeParse({ ...event, nextRun: null }).error?.issues).toBeUndefined();
  }
}

const numRuns = 60;
const noise = fc.string({ unit: 'binary', maxLength: 20 });
const fileOf = (lines: fc.Arbitrary<string>) =>
  fc.array(fc.oneof(lines, noise), { maxLength: 12 }).map((texts) => texts.join('\n'));

it('takes any job of at', () => {
  const script = fileOf(
    fc.constantFrom(
      ...['#!/bin/sh', '# atrun uid=1000 gid=1000', '# mail alice 0', 'cd /home/alice || {', '}'],
      ...["bash << 'marcinDELIMITER1234abcd'", 'marcinDELIMITER1234abcd', 'kill -9 4121'],
    ),
  );
  const path = join(root, 'a0002a01c5fd78');
  fc.assert(
    fc.property(script, (text) => {
      writeFileSync(path, text);
      allowed(atJob(path));
    }),
    { numRuns },
  );
});

it('takes any timer and any service', () => {
  const unit = fileOf(
    fc.constantFrom(
      ...['[Timer]', 'OnCalendar=daily', 'OnBootSec=5min', 'OnCalendar=', 'Unit=x.service'],
      ...['RandomizedDelaySec=1h', 'RandomizedDelaySec=99999999999999999999', 'Unit='],
      ...['[Service]', 'User=bob', 'ExecStart=/bin/x', 'ExecStart=', 'User='],
    ),
  );
  const folder = join(root, 'etc/systemd/system');
  fc.assert(
    fc.property(unit, unit, (timer, service) => {
      writeFileSync(join(folder, 'x.timer'), timer);
      writeFileSync(join(folder, 'x.service'), service);
      allowed(timerJobs(join(folder, 'x.timer'), root, 'UTC'));
    }),
    { numRuns },
  );
});
