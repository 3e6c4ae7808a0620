import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines } from './json-lines.ts';

const kill =
  'Feb  6 11:37:41 h kernel: Out of memory: Killed process 5 (a) total-vm:1kB, anon-rss:2kB, file-rss:3kB\n';
const cron = 'Feb  6 11:37:41 h CRON[7]: (root) CMD (mysql -psecret123 < x.sql)\n';
/** The built agent: `npm run build` comes first. */
const shim = fileURLToPath(new URL('../../bin/coroner-agent.js', import.meta.url));
const startTimeoutMs = 120_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-read-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command in a process of its own, as its users do. */
async function run(args: readonly string[], input?: string | Buffer) {
  const child = spawn(process.execPath, [shim, 'read', ...args]);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  const code = await new Promise((resolve) => child.on('close', resolve));
  const events =
    stdout === ''
      ? []
      : stdout
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line));
  return { code, stderr, events };
}

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('coroner-agent read', { timeout: startTimeoutMs }, () => {
  it('prints redacted events with ids that a second reading repeats', async () => {
    const path = file('plain.log', kill + cron + cron);
    const { code, events } = await run(['log', path]);
    expect(code).toBe(0);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'oom-kill', source: 'log', pid: 5, comm: 'a' }),
    );
    expect(events.map((event) => event.command)).toContain('mysql -p[redacted] < x.sql');
    const ids = events.map((event) => event.id);
    expect(new Set(ids).size).toBe(3);
    const again = await run(['log', '-'], gzipSync(kill + cron + cron));
    expect(again.events).toHaveLength(3);
    const copy = file('copy.log', kill + cron + cron);
    expect((await run(['log', copy])).events.map((event) => event.id)).toEqual(ids);
  });

  it('reads a gzip file up to where it is torn', async () => {
    const noise = Array.from({ length: 5000 }, (_, i) => `Feb  6 11:37:41 h app: ${i * 7919}\n`);
    const whole = gzipSync(kill + noise.join(''));
    const { code, events, stderr } = await run(['log', file('torn.gz', whole.subarray(0, -5000))]);
    expect(events).toHaveLength(1);
    expect(stderr).toContain('damaged');
    expect(code).toBe(0);
  });

  it.each([
    [['log', '/no/such/file'], 'no such file'],
    [['log', tmpdir()], 'is a directory'],
    [['toString', '-'], 'unknown format'],
    [['log', '-', '--time-zone', 'Mars/Base'], 'unknown time zone'],
  ])('%j is refused with exit 2', async (args, message) => {
    const { code, stderr, events } = await run(args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(events).toEqual([]);
  });

  it('prints nothing for an empty file', async () => {
    expect(await run(['log', file('empty', '')])).toMatchObject({
      code: 0,
      events: [],
      stderr: '',
    });
  });
});

describe('JSON lines', () => {
  it('come soon, though few', async () => {
    const stream = new PassThrough();
    const lines = jsonLines(stream);
    const first = new Promise((resolve) => stream.once('data', resolve));
    await lines.write({ a: 1 });
    expect(String(await first)).toBe('{"a":1}\n');
  });

  it('end quietly when nobody reads them', async () => {
    const broken = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('broken pipe'), { code: 'EPIPE' }));
      },
    });
    const lines = jsonLines(broken);
    await lines.write({ a: 1 });
    await lines.end();
    await expect.poll(() => lines.closed, { timeout: 30_000 }).toBe(true);
    await lines.write({ a: 2 });
    await lines.end();
  });
});
