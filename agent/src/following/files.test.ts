import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished, vi } from 'vitest';
import { followFiles } from './files.ts';
import { lineTaker } from './taker.ts';

function aLog(before = '') {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-following-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'syslog');
  writeFileSync(path, before);
  const lines: string[] = [];
  const lost: string[] = [];
  const follow = () => {
    const following = followFiles({
      paths: [path],
      positionsPath: join(folder, 'positions.json'),
      newTaker: () => lineTaker((line) => lines.push(line)),
      onLost: (_, reason) => lost.push(reason),
    });
    onTestFinished(() => following.stop());
    return following;
  };
  const seen = (...expected: string[]) =>
    vi.waitFor(() => expect(lines).toEqual(expected), { timeout: 45_000 });
  const write = (text: string): void => appendFileSync(path, text);
  return { folder, path, follow, write, seen, lines, lost };
}

it('gives what is written from now on, by whole lines', async () => {
  const log = aLog('from before\n');
  log.follow();
  log.write('one\ntw');
  await log.seen('one');
  log.write('o\r\n');
  await log.seen('one', 'two');
});

it('goes on after a rename, with what is still written into the old file', async () => {
  const log = aLog();
  log.follow();
  log.write('one\n');
  await log.seen('one');
  renameSync(log.path, `${log.path}.1`);
  appendFileSync(`${log.path}.1`, 'two\n');
  writeFileSync(log.path, 'three\n');
  await log.seen('one', 'two', 'three');
  appendFileSync(`${log.path}.1`, 'four\n');
  await vi.waitFor(() => expect(log.lines).toContain('four'), { timeout: 45_000 });
});

it('goes on after truncation in place, with the NULs that it may leave', async () => {
  const log = aLog();
  log.follow();
  log.write('a long first line\n');
  await log.seen('a long first line');
  copyFileSync(log.path, `${log.path}.1`);
  truncateSync(log.path, 0);
  log.write('\0\0\0\0short\n');
  await log.seen('a long first line', 'short');
});

it('reads from the copy what was written just before a truncation', async () => {
  const log = aLog();
  log.follow();
  log.write('one\ntor');
  await log.seen('one');
  // Nobody looks in between.
  log.write('n\ntwo\n');
  copyFileSync(log.path, `${log.path}.1`);
  truncateSync(log.path, 0);
  log.write('three\n');
  await log.seen('one', 'torn', 'two', 'three');
  expect(log.lost).toEqual([]);
});

it('tells of a truncation of which there is no copy', async () => {
  const log = aLog();
  writeFileSync(`${log.path}.1`, 'of another day\n');
  log.follow();
  log.write('one\n');
  await log.seen('one');
  log.write('two\n');
  truncateSync(log.path, 0);
  log.write('3\n');
  await log.seen('one', '3');
  expect(log.lost).toEqual([expect.stringContaining('truncated')]);
});

it('sees that a file was truncated and is longer than before again', async () => {
  const log = aLog();
  log.follow();
  log.write('one\n');
  await log.seen('one');
  truncateSync(log.path, 0);
  log.write('another\nand more\n');
  await vi.waitFor(() => expect(log.lines.at(-1)).toBe('and more'), { timeout: 45_000 });
  expect(log.lines.filter((line) => line === 'another')).toHaveLength(1);
});

it('neither doubles nor loses over a restart, a torn line and a rotation in between', async () => {
  const log = aLog();
  const first = log.follow();
  log.write('one\ntor');
  await log.seen('one');
  first.stop();
  log.lines.length = 0;
  log.write('n\ntwo\n');
  renameSync(log.path, `${log.path}.1`);
  writeFileSync(log.path, 'three\n');
  log.follow();
  await log.seen('torn', 'two', 'three');
  expect(log.lost).toEqual([]);
});

it('reads what came and went while the agent did not run', async () => {
  const log = aLog();
  const first = log.follow();
  log.write('one\n');
  await log.seen('one');
  first.stop();
  log.write('two\n');
  renameSync(log.path, `${log.path}.2`);
  writeFileSync(`${log.path}.1`, 'three\n');
  writeFileSync(log.path, 'four\n');
  log.follow();
  await log.seen('one', 'two', 'three', 'four');
  expect(log.lost).toEqual([]);
});

it('tells of what is compressed already, and reads what is not', async () => {
  const log = aLog();
  const first = log.follow();
  log.write('one\n');
  await log.seen('one');
  first.stop();
  writeFileSync(`${log.path}.3.gz`, gzipSync('one\ntwo\n'));
  rmSync(log.path);
  writeFileSync(`${log.path}.2.gz`, gzipSync('three\n'));
  writeFileSync(`${log.path}.1`, 'four\n');
  writeFileSync(log.path, 'five\n');
  log.follow();
  await log.seen('one', 'four', 'five');
  expect(log.lost.sort()).toEqual([
    ...[2, 3].map((number) => expect.stringContaining(`syslog.${number}.gz was written`)),
    expect.stringContaining('rotated away or truncated'),
  ]);
});

it('goes on in the copy of a file that was truncated while the agent did not run', async () => {
  const log = aLog();
  const first = log.follow();
  log.write('one\n');
  await log.seen('one');
  first.stop();
  log.write('two\n');
  copyFileSync(log.path, `${log.path}.1`);
  truncateSync(log.path, 0);
  log.write('3\n');
  log.follow();
  await log.seen('one', 'two', '3');
  expect(log.lost).toEqual([]);
});

it('tells that something was lost when the old file is gone', async () => {
  const log = aLog('old\n');
  log.follow().stop();
  rmSync(log.path);
  writeFileSync(`${log.path}.other`, '');
  writeFileSync(log.path, 'new\n');
  log.follow();
  await log.seen('new');
  expect(log.lost).toHaveLength(1);
});

it('reads a file that appears later from its start', async () => {
  const log = aLog();
  rmSync(log.path);
  log.follow();
  writeFileSync(log.path, 'first\n');
  await log.seen('first');
});
