import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { logFile } from './log-file.ts';

it('keeps two files of bounded size, readable for their owner alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-log-'));
  try {
    const mebibyte = 1024 * 1024;
    const write = logFile(join(folder, 'hub.log'));
    for (let count = 0; count < 35; count += 1) write('x'.repeat(mebibyte));
    expect(readdirSync(folder).toSorted()).toEqual(['hub.log', 'hub.log.1']);
    for (const name of readdirSync(folder)) {
      const { size, mode } = statSync(join(folder, name));
      expect(size).toBeLessThanOrEqual(11 * mebibyte);
      expect(mode & 0o777).toBe(0o600);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
