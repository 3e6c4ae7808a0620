import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { layoutVersion } from './record/layout.ts';
import { makeOlder } from './testing/older.ts';
import { compilePrograms, type Programs } from './testing/programs.ts';
import { record, testBootId, testHost } from './testing/recording.ts';
import { runThrough, startUp } from './testing/running.ts';

const agentPath = fileURLToPath(new URL('../../dist/probe/testing/agent.js', import.meta.url));
let programs: Programs;
let instance: string;
let count = 0;
const started: ChildProcess[] = [];

beforeAll(() => {
  programs = compilePrograms();
});
afterAll(() => programs.remove());
beforeEach(() => {
  instance = `test-${process.pid}-${++count}`;
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  const last = await record({ instance });
  await last.stop();
  expect(existsSync(pins())).toBe(false);
});

const pins = () => `/sys/fs/bpf/coroner-${instance}`;

/** An agent process that has the pins; resolves when it records. */
async function startAgent(options: object = {}): Promise<ChildProcess> {
  const given = { host: testHost, bootId: testBootId, shortLivedMs: 10_000, watch: [], instance };
  const child = spawn(process.execPath, [agentPath, JSON.stringify({ ...given, ...options })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream }))
    if (line === '"ready"') return child;
  throw new Error('the agent ended before it was ready');
}

async function killAgent(agent: ChildProcess) {
  const sender = await runThrough('/bin/kill', ['-9', String(agent.pid)]);
  if (agent.exitCode === null && agent.signalCode === null) await once(agent, 'exit');
  return sender;
}

/** A victim of SIGKILL whose death the agent, stopped and then killed, never reads; the last in the ring. */
async function killedBeside(agent: ChildProcess): Promise<{ pid: number; sender: number }> {
  agent.kill('SIGSTOP');
  await killAgent(agent);
  const { pid } = await startUp(programs.victim, ['wait']);
  const { pid: sender } = await runThrough('/bin/kill', ['-9', String(pid)]);
  return { pid, sender };
}

describe('while no agent runs', () => {
  it('after kill -9 the kernel records on; the next agent tells it, and who killed the last', async () => {
    const agent = await startAgent();
    const waiting = await startUp(programs.victim, ['catch-term']);
    await runThrough('/bin/kill', ['-STOP', String(waiting.pid)]);
    const before = await runThrough('/bin/kill', ['-TERM', String(waiting.pid)]);
    const killer = await killAgent(agent);
    const victim = await startUp(programs.victim, ['wait']);
    const between = await runThrough('/bin/kill', ['-9', String(victim.pid)]);
    const next = await record({ instance });
    waiting.child.kill('SIGCONT');
    const ownDeath = await next.deathOf(agent.pid as number);
    expect(ownDeath.signals[0]?.current?.pid).toBe(killer.pid);
    const missed = await next.deathOf(victim.pid);
    expect(missed.signals[0]?.current).toMatchObject({
      pid: between.pid,
      cmdline: ['/bin/kill', '-9', `${victim.pid}`],
    });
    const asked = await next.deathOf(waiting.pid);
    expect(asked.signals[0]).toMatchObject({ signal: 'SIGTERM', current: { pid: before.pid } });
    await next.stop();
  });

  it('a changed policy replaces the programs and loses neither records nor pending signals', async () => {
    const agent = await startAgent();
    const victim = await startUp(programs.victim, ['wait']);
    await runThrough('/bin/kill', ['-9', String(victim.pid)]);
    const waiting = await startUp(programs.victim, ['catch-term']);
    await runThrough('/bin/kill', ['-STOP', String(waiting.pid)]);
    const sender = await runThrough('/bin/kill', ['-TERM', String(waiting.pid)]);
    await killAgent(agent);
    const links = readdirSync(pins()).filter((name) => name.startsWith('links-'));
    const next = await record({ instance, shortLivedMs: 5_000 });
    const now = readdirSync(pins()).filter((name) => name.startsWith('links-'));
    expect(now).toHaveLength(1);
    expect(now).not.toEqual(links);
    waiting.child.kill('SIGCONT');
    const death = await next.deathOf(waiting.pid);
    expect(death.signals[0]?.current?.pid).toBe(sender.pid);
    expect(next.deaths(waiting.pid)).toHaveLength(1);
    await next.stop();
  });

  it('what was recorded in a layout that is older is read, and signals that wait are kept', async () => {
    const agent = await startAgent();
    const waiting = await startUp(programs.victim, ['catch-term']);
    await runThrough('/bin/kill', ['-STOP', String(waiting.pid)]);
    const asker = await runThrough('/bin/kill', ['-TERM', String(waiting.pid)]);
    const victim = await killedBeside(agent);
    makeOlder(pins(), victim.pid, programs.folder);
    const next = await record({ instance });
    expect(readdirSync(pins()).filter((name) => name.startsWith('maps-'))).toEqual([
      `maps-${layoutVersion}`,
    ]);
    const recorded = await next.deathOf(victim.pid);
    expect(recorded).toMatchObject({
      exit: { signal: 'SIGKILL' },
      exitGroup: null,
      signalsLost: 0,
    });
    expect(recorded.signals[0]?.current?.pid).toBe(victim.sender);
    waiting.child.kill('SIGCONT');
    const asked = await next.deathOf(waiting.pid);
    expect(asked.exit.code).toBe(0);
    expect(asked.signals[0]).toMatchObject({
      signal: 'SIGTERM',
      result: 'delivered',
      current: { pid: asker.pid, cmdline: ['/bin/kill', '-TERM', `${waiting.pid}`] },
    });
    expect(next.events.filter((event) => event.kind === 'gap')).toEqual([]);
    await next.stop();
  });

  it('what was recorded in a layout that nobody reads any more is told as a gap', async () => {
    const agent = await startAgent();
    const since = new Date(Date.now() - 1).toISOString();
    await killedBeside(agent);
    const until = new Date(Date.now() + 1).toISOString();
    renameSync(`${pins()}/maps-${layoutVersion}`, `${pins()}/maps-1`);
    const next = await record({ instance });
    const gaps = next.events.filter((event) => event.kind === 'gap');
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.lost).toBeGreaterThanOrEqual(1);
    expect(String(gaps[0]?.since) < until).toBe(true);
    expect(String(gaps[0]?.until) > since).toBe(true);
    await next.stop();
  });

  it('a clean stop may leave the recording to the next agent', async () => {
    const agent = await startAgent({ keep: true });
    agent.kill('SIGTERM');
    await once(agent, 'exit');
    expect(existsSync(pins())).toBe(true);
    const victim = await startUp(programs.victim, ['wait']);
    await runThrough('/bin/kill', ['-9', String(victim.pid)]);
    const next = await record({ instance });
    expect((await next.deathOf(victim.pid)).exit.signal).toBe('SIGKILL');
    await next.stop();
  });

  it('a clean stop ends the recording and leaves nothing', async () => {
    const agent = await startAgent();
    expect(existsSync(pins())).toBe(true);
    agent.kill('SIGTERM');
    await once(agent, 'exit');
    expect(existsSync(pins())).toBe(false);
  });
});

it('an instance belongs to one agent at a time', async () => {
  await startAgent();
  await expect(record({ instance })).rejects.toThrow(/another agent is recording/);
  const other = await record({ instance: `${instance}-b` });
  await other.stop();
  const agent = started.at(-1) as ChildProcess;
  agent.kill('SIGTERM');
  await once(agent, 'exit');
});
