import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { get } from '../stack/ask.ts';
import { isGone } from '../stack/process.ts';
import { launchStack, projectRoot, type Stack, startStack } from '../stack/stack.ts';
import { until } from '../stack/until.ts';
import { type Terminal, terminal } from './terminal.ts';

const mostLogged = 2_000;

let stack: Stack | null = null;
let shell: Terminal | null = null;
afterEach(async () => {
  await shell?.close();
  await stack?.stop();
  stack = null;
  shell = null;
});

it('SIGTERM to npm stops everything in order and leaves no process and no run.json', async () => {
  stack = await startStack();
  const pids = Object.values(stack.run().pids);
  expect(pids).toHaveLength(6);
  expect((await get(stack, '/readyz')).status).toBe(200);
  stack.npm.kill('SIGTERM');
  expect(await stack.ended).toBe(0);
  expect(pids.filter((pid) => !isGone(pid))).toEqual([]);
  expect(() => stack?.run()).toThrow('ENOENT');
});

it('SIGTERM in the middle of the start stops that', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'coroner-middle-'));
  try {
    stack = launchStack({ stateDir });
    await until('it starts', () => stack?.output().includes('starting on'));
    stack.npm.kill('SIGTERM');
    await stack.ended;
    expect(stack.output()).toContain('stopped');
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
});

it('SIGTERM while the database is made leaves nothing that writes, and the next start makes it', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'coroner-initdb-'));
  try {
    stack = launchStack({ stateDir });
    const fresh = join(stateDir, 'postgres.new');
    await until('the database is being made', () => existsSync(join(fresh, 'base')));
    stack.npm.kill('SIGTERM');
    expect(await stack.ended).toBe(0);
    expect(stack.output()).toContain('stopped');
    expect(usersOf(stateDir)).toEqual([]);
    stack = await startStack({ stateDir });
    expect((await get(stack, '/readyz')).status).toBe(200);
    await stack.stop();
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
});

it('kill -9 of npm stops everything too', async () => {
  stack = await startStack();
  const pids = Object.values(stack.run().pids);
  stack.npm.kill('SIGKILL');
  await until('everything has ended', () => pids.every(isGone));
});

it('on a terminal it talks, and Ctrl-C stops everything', async () => {
  shell = terminal('npm start');
  await shell.shows('coroner> ');
  const pids = Object.values(pidsOf(shell.stateDir));
  shell.type('why did no-such-process die?\r');
  await shell.shows('No death of no-such-process');
  shell.type('\x03');
  await shell.ended;
  expect(shell.output()).toContain('stopped');
  expect(pids.filter((pid) => !isGone(pid))).toEqual([]);
});

it('SIGTERM ends the conversation too, on a terminal that stays', async () => {
  shell = terminal('sh');
  shell.type('npm start\r');
  await shell.shows('coroner> ');
  const { start, ...others } = pidsOf(shell.stateDir);
  const talking = childrenOf(start as number);
  expect(talking.length).toBeGreaterThan(Object.keys(others).length);
  process.kill(start as number, 'SIGTERM');
  await shell.shows('SIGTERM: stopping');
  await until('everything has ended', () => talking.every(isGone) && isGone(start as number));
});

it('is ready although Slack cannot be reached, and says so', async () => {
  stack = await startStack({
    environment: {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: 'http://127.0.0.1:9/',
    },
  });
  expect(stack.output()).toContain('the bot is not in Slack');
  expect((await get(stack, '/readyz')).status).toBe(200);
});

it('stops when its terminal is closed', async () => {
  shell = terminal('npm start');
  await shell.shows('coroner> ');
  const pids = Object.values(pidsOf(shell.stateDir));
  await shell.close();
  await until('everything has ended', () => pids.every(isGone));
});

it('runs on without standard input, output and error', async () => {
  const stateDir = `/tmp/coroner-closed-${process.pid}`;
  const env = { ...process.env, CORONER_STATE_DIR: stateDir, CORONER_API_PORT: '0' };
  const ports = { CORONER_NATS_PORT: '0', CORONER_POSTGRES_PORT: '0' };
  const npm = spawn('sh', ['-c', 'exec npm start <&- >&- 2>&-'], {
    cwd: projectRoot,
    env: { ...env, ...ports },
    stdio: 'ignore',
  });
  let over = false;
  const ended = new Promise((resolve) => npm.once('exit', resolve)).finally(() => {
    over = true;
  });
  try {
    const what = () => `${over ? 'npm ended' : 'npm runs'}\n${logsOf(stateDir)}`;
    await until(
      'it runs or has ended',
      () => over || Object.keys(pidsOf(stateDir)).length > 0,
    ).catch((error: Error) => {
      throw new Error(`${error.message}: ${what()}`);
    });
    expect(over, what()).toBe(false);
    const pids = Object.values(pidsOf(stateDir));
    npm.kill('SIGTERM');
    await ended;
    expect(pids.filter((pid) => !isGone(pid))).toEqual([]);
  } finally {
    npm.kill('SIGTERM');
    rmSync(stateDir, { recursive: true, force: true });
  }
});

/** Command lines of the processes that name this folder. */
function usersOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandLine(pid).replaceAll('\0', ' '))
    .filter((line) => line.includes(folder));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It ended meanwhile.
    return '';
  }
}

/** What the parts wrote, for it has no output to look at. */
function logsOf(stateDir: string): string {
  const folder = join(stateDir, 'log');
  if (!existsSync(folder)) return `no log in ${folder}`;
  return readdirSync(folder)
    .map((name) => `== ${name}\n${readFileSync(join(folder, name), 'utf8').slice(-mostLogged)}`)
    .join('\n');
}

function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.split(' ').filter(Boolean).map(Number);
}

function pidsOf(stateDir: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(join(stateDir, 'run.json'), 'utf8')).pids;
  } catch {
    // Not there yet.
    return {};
  }
}
