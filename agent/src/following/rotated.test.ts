import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { rotationsOf } from './rotated.ts';

it.each([
  [
    'auth.log',
    ['auth.log', 'auth.log.1', 'auth.log.10.gz', 'auth.log-20261122', 'auth-20261122.log.xz'],
    ['auth.log.bak', 'auth.log~', 'auth.log.1.gz.tmp', 'xauth.log', 'auth.log.d', 'authxlog'],
  ],
  [
    'cron',
    ['cron', 'cron-20261122-1764000000.zst', 'cron.0.bz2'],
    ['cron.log', 'cron.log.1', 'crontab', 'cron.1.swp'],
  ],
])('the rotations of %s', (name, wanted, others) => {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-rotated-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const one of [...wanted, ...others]) writeFileSync(join(folder, one), '');
  const found = rotationsOf(join(folder, name)).map((path) => basename(path));
  expect(found.sort()).toEqual(wanted.toSorted());
});

it('are none in a folder that is not there', () => {
  expect(rotationsOf('/no/such/folder/syslog')).toEqual([]);
});
