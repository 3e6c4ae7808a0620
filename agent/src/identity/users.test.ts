import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parsePasswd, userNames } from './users.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-users-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('reads passwd(5): the first name of a uid counts, what is no entry is passed over', () => {
  const text =
    'root:x:0:0::/root:/bin/sh\ntoor:x:0:0::/:/bin/sh\n+@nis\n\nbad:x:abc:\nann:x:7:7:::\n';
  expect([...parsePasswd(text)]).toEqual([
    [0, 'root'],
    [7, 'ann'],
  ]);
});

it('sees a user that is added later', async () => {
  const path = join(folder, 'passwd');
  writeFileSync(path, 'ann:x:70007:7:::\n');
  const nameOf = userNames(path, 0);
  expect(nameOf(70007)).toBe('ann');
  expect(nameOf(70008)).toBeNull();
  writeFileSync(path, 'ann:x:70007:7:::\nbob:x:70008:8:::\n');
  expect(nameOf(70008)).toBe('bob');
});

it('asks getent for a uid that the file does not have', async () => {
  writeFileSync(join(folder, 'passwd'), '');
  const nameOf = userNames(join(folder, 'passwd'));
  expect(nameOf(0)).toBeNull();
  await vi.waitFor(() => expect(nameOf(0)).toBe('root'), { timeout: 45_000 });
});
