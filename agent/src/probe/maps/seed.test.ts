import { expect, it } from 'vitest';
import { decodeProc } from '../record/process.ts';
import { encodeEntry, startTicks, withoutPadding } from './seed.ts';

it.each([
  ['1 (systemd) S 0 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 31 99 1', 31n],
  ['7 (a) b (c) 1 2) R 0 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 12345 99', 12345n],
  ['7 (torn', null],
])('start time of %s', (stat, ticks) => {
  expect(startTicks(stat)).toBe(ticks);
});

it('writes an entry that reads back', () => {
  const argv = Buffer.from('java\0-jar\0app.jar\0');
  const value = encodeEntry({ ticks: 250n, argv, exe: '/opt/jdk/bin/java' });
  expect(decodeProc(value)).toEqual({
    startUs: 2_500_000,
    execId: 0,
    seeded: true,
    argv: ['java', '-jar', 'app.jar'],
  });
});

it('cuts an argv that is too long, and says so', () => {
  const value = encodeEntry({ ticks: 1n, argv: Buffer.alloc(5000, 'x'), exe: '' });
  expect(decodeProc(value)?.argv?.[0]).toMatch(/^x{1024}…$/);
});

it.each([
  ['nginx: worker process\0\0\0\0\0', 'nginx: worker process\0'],
  ['sh\0-c\0x\0', 'sh\0-c\0x\0'],
  ['a\0\0b\0', 'a\0\0b\0'],
  ['no end', 'no end'],
  ['\0\0', '\0'],
  ['', ''],
])('drops what a title left behind: %j', (read, kept) => {
  expect(withoutPadding(Buffer.from(read)).toString()).toBe(kept);
});
