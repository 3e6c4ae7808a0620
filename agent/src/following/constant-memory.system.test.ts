import { spawn } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const dist = join(import.meta.dirname, '../../dist');
/** Node itself needs about 8; whatever kept the file's lines would end the process. */
const heapMb = 40;
const noiseBytes = 100 * 1024 * 1024;
/** The log is one of 4 GB, most of which no disk holds. */
const logBytes = 4 * 1024 * 1024 * 1024;
const kill = 'total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:0kB';

const folder = mkdtempSync(join(tmpdir(), 'coroner-big-'));
const path = join(folder, 'syslog');
beforeAll(writeBigLog);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A log of `logBytes`: `noiseBytes` of lines, one without an end among them, and a hole of NULs before the last. */
function writeBigLog(): void {
  const fd = openSync(path, 'w');
  const line =
    'Feb  6 11:37:41 web-1 app[7]: GET /index.html 200 \xff\xfe and text of a usual length\n';
  const block = Buffer.from(line.repeat(12_000), 'latin1');
  let written = 0;
  while (written < noiseBytes) written += writeSync(fd, block);
  written += writeSync(
    fd,
    `Feb  6 11:37:41 web-1 kernel: Out of memory: Killed process 5 (a) ${kill}\n`,
  );
  const endless = Buffer.alloc(1024 * 1024, 'x');
  for (let index = 0; index < 8; index += 1) written += writeSync(fd, endless);
  written += writeSync(fd, '\n');
  ftruncateSync(fd, logBytes);
  writeSync(
    fd,
    `Feb  6 11:37:42 web-1 kernel: Out of memory: Killed process 6 (b) ${kill}\n`,
    logBytes,
  );
  closeSync(fd);
}

/** Runs a module in a process with a small heap, and gives the lines that it prints. */
async function inSmallHeap(script: string): Promise<string[]> {
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${heapMb}`, '--input-type=module', '-e', script, path],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let out = '';
  let trouble = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    trouble += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect({ code, trouble: trouble.slice(-500) }).toEqual({ code: 0, trouble: '' });
  return out.trim().split('\n');
}

const readIt = `
import { openFile } from '${dist}/formats/bytes.js';
import { readLog } from '${dist}/formats/log/log.js';
const path = process.argv[1];
const { bytes } = await openFile(path);
for await (const event of readLog(bytes, { file: path, now: new Date() }))
  console.log(event.kind, event.pid);
`;

const followIt = `
import { openSync, readSync, statSync, writeFileSync } from 'node:fs';
import { followFiles } from '${dist}/following/files.js';
import { lineTaker } from '${dist}/following/taker.js';
import { logParser } from '${dist}/formats/log/log-parser.js';
const path = process.argv[1];
const parser = logParser({ now: () => new Date() });
const told = (events) => events.forEach((event) => console.log(event.kind, event.pid));
const head = Buffer.alloc(64);
readSync(openSync(path), head, 0, 64, 0);
const positions = path + '.position';
writeFileSync(positions, JSON.stringify({ [path]: { ino: statSync(path).ino, offset: 0, head: head.toString('hex') } }));
const files = followFiles({
  paths: [path],
  positionsPath: positions,
  newTaker: () => lineTaker((line) => told(parser.push(line))),
  onLost: (_, reason) => console.log('lost', reason),
  onQuiet() {
    told(parser.flush());
    files?.stop();
  },
});
`;

it.each([
  ['read', readIt],
  ['followed', followIt],
])('a log that is far bigger than the heap is %s', async (_, script) => {
  expect(await inSmallHeap(script)).toEqual(['oom-kill 5', 'oom-kill 6']);
});
