import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { get, why } from '../stack/ask.ts';
import { isGone } from '../stack/process.ts';
import { launchStack, type Stack, startStack } from '../stack/stack.ts';
import { until } from '../stack/until.ts';
import { victims } from '../victims/victims.ts';

let stateDir: string;
let stacks: Stack[];
const lab = victims();
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'coroner-again-'));
  stacks = [];
});
afterEach(async () => {
  for (const stack of stacks.toReversed()) await stack.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

afterAll(() => lab.clean());

async function start(environment: Record<string, string> = {}): Promise<Stack> {
  const stack = await startStack({ stateDir, environment });
  stacks.push(stack);
  return stack;
}

/** Starts where a start must fail; what it said. */
async function refused(environment: Record<string, string> = {}): Promise<string> {
  const stack = launchStack({ stateDir, environment });
  expect(await stack.ended).not.toBe(0);
  return stack.output();
}

it('keeps data and secrets over a stop, says so when it runs already, and closes its files', async () => {
  const first = await start();
  const name = lab.name();
  const victim = lab.run('/bin/bash', ['-c', `exec -a ${name} sleep 1000`]);
  await until('bash has become sleep', () =>
    readFileSync(`/proc/${victim.pid}/cmdline`, 'utf8').startsWith(name),
  );
  await lab.send('/bin/kill', ['-9', `${victim.pid}`]);
  const before = await why(first, { process: name });
  const { apiToken } = first.run();
  expect(await refused()).toContain(`pid ${first.run().pids['start']}`);
  expect((await get(first, '/readyz')).status).toBe(200);
  for (const file of [
    'run.json',
    'secrets.json',
    'processes.json',
    'nats/nats-server.conf',
    'log/hub.log',
  ]) {
    expect([file, statSync(join(stateDir, file)).mode & 0o777]).toEqual([file, 0o600]);
  }
  expect(statSync(stateDir).mode & 0o007).toBe(0);
  await first.stop();
  const second = await start();
  expect(second.run().apiToken).toBe(apiToken);
  expect((await why(second, { process: name })).death).toEqual(before.death);
});

it('a start that was killed leaves nothing that stands in the way', async () => {
  const first = await start();
  const { start: main, ...parts } = first.run().pids;
  if (!main) throw new Error('run.json has no pid of the start');
  // Without the kernel's word to the parts they would live on: here they get it and stop.
  process.kill(main, 'SIGKILL');
  await first.ended;
  expect(existsSync(join(stateDir, 'run.json'))).toBe(true);
  const second = await start();
  expect(Object.values(parts).filter((pid) => !isGone(pid))).toEqual([]);
  expect((await get(second, '/readyz')).status).toBe(200);
});

it('a run.json of processes that are gone, or of others with their pids, is passed over', async () => {
  const others = { hub: { pid: process.pid, startTicks: '1' }, start: { pid: 1, startTicks: '1' } };
  writeFileSync(join(stateDir, 'processes.json'), JSON.stringify(others));
  writeFileSync(join(stateDir, 'run.json'), '{"torn');
  const stack = await start();
  expect((await get(stack, '/readyz')).status).toBe(200);
});

it('names the variable of a port that is taken', async () => {
  const server = await new Promise<Server>((resolve) => {
    const listening = createServer().listen(0, '127.0.0.1', () => resolve(listening));
  });
  const { port } = server.address() as { port: number };
  try {
    for (const variable of ['CORONER_API_PORT', 'CORONER_NATS_PORT', 'CORONER_POSTGRES_PORT']) {
      const said = await refused({ [variable]: `${port}` });
      expect(said).toContain(variable);
      expect(said).toContain(`${port}`);
    }
    expect(await refused({ CORONER_API_PORT: 'many' })).toContain('CORONER_API_PORT');
  } finally {
    server.close();
  }
});

it('every part that is killed comes back, and run.json knows', async () => {
  const stack = await start();
  for (const part of ['postgres', 'nats', 'hub', 'agent', 'bot']) {
    const pid = stack.run().pids[part] ?? 0;
    process.kill(pid, 'SIGKILL');
    await until(`${part} runs again`, () => {
      const now = stack.run().pids[part];
      return now && now !== pid && !isGone(now);
    });
  }
  const name = lab.name();
  const victim = lab.run(lab.program(name), ['rest']);
  await victim.up;
  await lab.send('/bin/kill', ['-9', `${victim.pid}`]);
  expect((await why(stack, { process: name })).verdict.cause).toBe('signal-from-process');
});
