import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '@coroner/schema/event/event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { projectRoot } from '../stack/stack.ts';
import { until } from '../stack/until.ts';
import { startAgent } from '../storm/agent.ts';
import { type Nats, startNats } from '../storm/nats.ts';
import { type Victims, victims } from '../victims/victims.ts';

let stateDir: string;
let nats: Nats;
let lab: Victims;
let host: string;
let events: Event[];

beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'coroner-restart-'));
  nats = await startNats();
  lab = victims();
  host = lab.name('host');
  events = [];
  await nats.read(host, (event) => events.push(event));
});
afterEach(async () => {
  command('uninstall');
  await nats.stop();
  await lab.clean();
  rmSync(stateDir, { recursive: true, force: true });
});

const environment = () => ({
  CORONER_STATE_DIR: stateDir,
  CORONER_HOST: host,
  CORONER_KEEP_RECORDING: 'on',
  CORONER_BACKFILL_DAYS: '0',
  NATS_URL: nats.url,
});

function command(name: string) {
  return spawnSync(process.execPath, ['agent/bin/coroner-agent.js', name], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'], ...environment() },
    encoding: 'utf8',
  });
}

/** A process that is killed by this one; its pid. */
async function kill(name: string): Promise<number> {
  const victim = lab.run(lab.program(name), ['rest']);
  await victim.up;
  victim.child.kill('SIGKILL');
  await victim.end;
  return victim.child.pid as number;
}

const deathsOf = (pid: number) =>
  events.filter((event) => event.kind === 'death').filter(({ victim }) => victim.pid === pid);

async function deathOf(pid: number) {
  await until(`the death of ${pid} is told`, () => deathsOf(pid).length > 0);
  return deathsOf(pid)[0];
}

const agentGaps = () => events.filter((event) => event.kind === 'gap' && event.of === 'agent');

it('while the agent is stopped the kernel records on; the next one tells all of it, once', async () => {
  const first = await startAgent(environment());
  const before = await kill(lab.name('one'));
  await deathOf(before);
  const firstPid = first.pid();
  await first.stop();
  const between = await kill(lab.name('two'));
  const second = await startAgent(environment());
  expect(await deathOf(between)).toMatchObject({
    exit: { signal: 'SIGKILL' },
    signals: [{ current: { pid: process.pid } }],
  });
  expect(await deathOf(firstPid)).toMatchObject({
    exit: { code: 0 },
    signals: [{ signal: 'SIGTERM', current: { pid: process.pid } }],
  });
  expect(agentGaps()).toEqual([]);
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'agent-stop', pid: firstPid, recordsOn: true }),
  );
  const last = await kill(lab.name('last'));
  await deathOf(last);
  await second.stop();
  await nats.caughtUp();
  for (const pid of [before, between, last, firstPid]) expect(deathsOf(pid)).toHaveLength(1);
});

it('uninstall ends the recording and leaves nothing, and the next agent says that nobody watched', async () => {
  const first = await startAgent(environment());
  expect(command('uninstall').status).toBe(2);
  await first.stop();
  const pins = readdirSync('/sys/fs/bpf').filter((name) => name.startsWith('coroner-'));
  const { stdout, status } = command('uninstall');
  expect(status).toBe(0);
  const [, folder = ''] = /^removed (\/sys\/fs\/bpf\/coroner-[^/]+)\//.exec(stdout) ?? [];
  expect(pins.map((name) => `/sys/fs/bpf/${name}`)).toContain(folder);
  expect(stdout).toContain(`${folder}/owner\n`);
  expect(readdirSync('/sys/fs/bpf')).not.toContain(folder.slice('/sys/fs/bpf/'.length));
  expect(command('uninstall').stdout).toMatch(/^the kernel holds nothing of /);
  const second = await startAgent(environment());
  await until('the gap is told', () => agentGaps().length > 0);
  expect(agentGaps()[0]).toMatchObject({ reason: 'the agent was stopped' });
  await second.stop();
});
