import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Answer } from '@coroner/schema/http/answer';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** The built agent: `npm run build` comes first. */
const shim = fileURLToPath(new URL('../../bin/coroner-agent.js', import.meta.url));
const patience = { timeout: 120_000, interval: 20 };
/** Without the fields that only a hub can fill in. */
const Told = Answer.omit({ related: true });

let folder: string;
let running: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-watch-'));
  running = [];
});
afterEach(async () => {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

function started(command: string, args: readonly string[], environment = {}): ChildProcess {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CORONER_STATE_DIR: folder, CORONER_HOST: 'watched', ...environment },
  });
  running.push(child);
  return child;
}

/** `coroner-agent watch`, when it says that it sees deaths. */
async function watch(args: readonly string[] = [], environment = {}) {
  const child = started(process.execPath, [shim, 'watch', ...args], environment);
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  await vi.waitUntil(() => {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${err}`);
    return /Deaths on watched|No killer can be named on watched/.test(err);
  }, patience);
  return {
    lines: () => out.split('\n').slice(0, -1),
    said: () => err,
    async stop(): Promise<number | null> {
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      return code as number | null;
    },
  };
}

/** A process with a name of its own. */
async function sleeper(): Promise<{ name: string; child: ChildProcess }> {
  const path = join(folder, `w${basename(folder).slice(-6)}${running.length}`);
  copyFileSync('/bin/sleep', path);
  const child = started(path, ['1000']);
  await once(child, 'spawn');
  return { name: basename(path), child };
}

it('prints a line for each death: who, how, by whom', async () => {
  const watching = await watch();
  const { name, child } = await sleeper();
  const killer = started('/bin/kill', ['-9', String(child.pid)]);
  const find = () => watching.lines().find((line) => line.includes(name));
  await vi.waitUntil(find, patience);
  const [, victim, pid, cause, end, ...by] = (find() ?? '').split(/ +/);
  expect([victim, pid, cause, end]).toEqual([
    ...[name, String(child.pid), 'signal-from-process', 'SIGKILL'],
  ]);
  expect(by.join(' ')).toContain(`[${killer.pid}] /bin/kill -9 ${child.pid}`);
  expect(watching.said()).toContain('seen by probe');
  expect(await watching.stop()).toBe(0);
});

it('--json --process: only that process, its normal exits included, one answer a line', async () => {
  const { name, child } = await sleeper();
  const watching = await watch(['--json', '--process', `${name.slice(0, -1)}*`]);
  const other = started('/bin/sleep', ['1000']);
  await once(other, 'spawn');
  other.kill('SIGKILL');
  const path = join(folder, name);
  const short = started(path, ['0']);
  await once(short, 'exit');
  child.kill('SIGTERM');
  const answers = () => watching.lines().map((line) => Told.parse(JSON.parse(line)));
  await vi.waitUntil(() => answers().length >= 2, patience);
  expect(answers().map(({ death, verdict }) => [death.pid, verdict.cause])).toEqual([
    [short.pid, 'exit-ok'],
    [child.pid, 'signal-from-process'],
  ]);
  expect(answers()[1]?.actor?.pid).toBe(process.pid);
  expect(await watching.stop()).toBe(0);
});

it('without the probe it says in each answer what it cannot see', async () => {
  const watching = await watch(['--json'], { CORONER_PROBE: 'off' });
  const { child } = await sleeper();
  child.kill('SIGKILL');
  const find = () =>
    watching
      .lines()
      .map((line) => Told.parse(JSON.parse(line)))
      .find(({ death }) => death.pid === child.pid);
  await vi.waitUntil(find, patience);
  expect(find()?.gaps.join('\n')).toContain('tracefs is degraded on watched');
  expect(await watching.stop()).toBe(0);
});
