import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleAnswer } from '../stage/sample-answer.ts';
import { type StandInHub, startStandInHub } from '../stage/stand-in-hub.ts';

const program = fileURLToPath(new URL('../../../../bot/bin/coroner.js', import.meta.url));
let hub: StandInHub;
beforeEach(async () => {
  hub = await startStandInHub([
    sampleAnswer(),
    sampleAnswer({ death: { id: 'f'.repeat(32), host: 'web-4', pid: 7, comm: '\u001b[2J\nroot' } }),
  ]);
});
afterEach(() => hub.close());

interface Ended {
  status: number | null;
  out: string;
  err: string;
}

function coroner(words: string[], input = '', more: Record<string, string> = {}): Promise<Ended> {
  const env = { CORONER_API_URL: hub.url, CORONER_API_TOKEN: hub.token, TZ: 'UTC', ...more };
  const child = spawn(process.execPath, [program, ...words], {
    env: { PATH: process.env['PATH'], ...env },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, out, err })));
}

it('why: prints the verdict first, without colours where there is no terminal', async () => {
  const { status, out } = await coroner(['why', 'nginx', '--host', 'web-3']);
  expect(status).toBe(0);
  expect(out.split('\n')[0]).toBe(sampleAnswer().verdict.summary);
  expect(out).toContain('run by alice');
  expect(out).not.toContain('\u001b');
});

it("why --json: prints the hub's own answer", async () => {
  const { status, out } = await coroner(['why', 'nginx', '--pid', '4121', '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    verdict: { cause: 'signal-from-process' },
    death: { pid: 4121 },
  });
});

it('why: status 1 and the nearest deaths when there is none, 2 for wrong usage', async () => {
  const none = await coroner(['why', 'redis']);
  expect(none).toMatchObject({
    status: 1,
    out: expect.stringMatching(/1\. 2026-11-23 .*: nginx \(pid 4121\) on web-3/),
  });
  expect(none.out).not.toContain('\u001b');
  expect(await coroner(['why'])).toMatchObject({
    status: 2,
    err: expect.stringContaining('PROCESS'),
  });
  expect(await coroner(['why', 'nginx', '--at', 'blurp'])).toMatchObject({ status: 2 });
  expect(await coroner(['autopsy'])).toMatchObject({ status: 2 });
});

it('says how to start a hub, and status 2, where none is', async () => {
  const nowhere = await coroner(['why', 'nginx'], '', { CORONER_API_URL: 'http://127.0.0.1:9' });
  expect(nowhere).toMatchObject({
    status: 2,
    err: expect.stringMatching(/npm start.*CORONER_API_URL/),
  });
  const unknown = await coroner(['ask', 'nginx'], '', {
    CORONER_API_URL: '',
    CORONER_STATE_DIR: '/nonexistent',
  });
  expect(unknown).toMatchObject({ status: 2, err: expect.stringContaining('npm start') });
  const wrong = await coroner(['why', 'nginx'], '', { CORONER_API_TOKEN: 'wrong' });
  expect(wrong).toMatchObject({ status: 2, err: expect.stringContaining('CORONER_API_TOKEN') });
});

it('ask: one question, or a conversation that keeps its context and offers numbers', async () => {
  const one = await coroner(['ask', 'why', 'did', 'nginx', 'die?']);
  expect(one).toMatchObject({ status: 0, out: expect.stringContaining('was killed') });
  const talk = await coroner(['ask'], 'why did nginx die\nand on web-4?\n2\nexit\n');
  expect(talk.status).toBe(0);
  expect(talk.out).toContain('No death of nginx on web-4');
  expect(talk.out).toContain('(pid 7) on web-4 was killed');
});
