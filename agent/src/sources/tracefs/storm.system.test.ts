import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compilePrograms, type Programs } from '../../probe/testing/programs.ts';
import { runThrough, startUp } from '../../probe/testing/running.ts';
import { openInstance } from './kernel/instance.ts';
import { mountedTracing } from './kernel/mount.ts';
import { record } from './testing/recording.ts';

const kills = 5000;
const eventsADeath = 4;
let programs: Programs;

beforeAll(() => {
  programs = compilePrograms();
});
afterAll(() => programs.remove());

it('of a storm every death is reported, or what was lost is counted', async () => {
  const recording = await record('storm');
  const storm = await runThrough(programs.sender, ['storm', String(kills)]);
  await recording.stop();
  expect(storm.output).toBe(String(kills));
  expect(recording.isLeft()).toBe(false);
  const dead = recording.events.filter(
    (event) => event.kind === 'death' && event.victim.ancestry[0]?.pid === storm.pid,
  );
  const ids = new Set(dead.map(({ id }) => id));
  expect(ids.size).toBe(dead.length);
  const lost = recording.events
    .filter((event) => event.kind === 'gap')
    .reduce((sum, gap) => sum + (gap.lost ?? 0), 0);
  expect(dead.length + lost * eventsADeath).toBeGreaterThanOrEqual(kills);
  for (const death of dead) {
    if (death.kind !== 'death' || lost > 0) continue;
    expect(death.exit.signal).toBe('SIGKILL');
    expect(death.signals[0]?.current?.pid).toBe(storm.pid);
  }
});

it('rings that are not read overrun, and the gap says by how much', async () => {
  const recording = await record('overrun', { ringKb: 64 });
  // Nothing is read while this runs.
  execFileSync(programs.sender, ['storm', String(kills)]);
  await runThrough('true', []);
  await recording.stop();
  expect(recording.isLeft()).toBe(false);
  const gaps = recording.events.filter((event) => event.kind === 'gap');
  expect(gaps.length).toBeGreaterThan(0);
  for (const gap of gaps) {
    expect(gap).toMatchObject({ of: 'tracefs', since: expect.any(String) });
    expect(gap.lost).toBeGreaterThan(0);
  }
});

it('what the kernel recorded after an agent was killed is handed over by the next', async () => {
  const name = `test-${process.pid}-takeover`;
  openInstance(mountedTracing(), name);
  const { output } = await runThrough(programs.sender, ['storm', '1']);
  expect(output).toBe('1');
  const killed = await runThrough('bash', ['-c', `kill -9 $$`]);
  const recording = await record('takeover');
  await recording.stop();
  expect(recording.instance).toBe(name);
  expect(recording.isLeft()).toBe(false);
  const [death] = recording.deaths(killed.pid);
  expect(death?.signals[0]).toMatchObject({ signal: 'SIGKILL', currentIsVictim: true });
});

it('who ran before the agent that was killed, and ended meanwhile, is told of with its killer', async () => {
  const { child, pid } = await startUp(programs.victim, ['wait']);
  openInstance(mountedTracing(), `test-${process.pid}-strangers`);
  const sender = await runThrough('bash', ['-c', `kill -9 ${pid}; true`]);
  if (child.signalCode === null) await once(child, 'exit');
  const recording = await record('strangers');
  const death = await recording.deathOf(pid);
  expect(death).toMatchObject({
    victim: { pid, comm: 'victim', startUs: null, cmdline: null },
    exit: { signal: 'SIGKILL' },
    lifetimeMs: null,
  });
  expect(death.signals).toMatchObject([{ signal: 'SIGKILL', current: { pid: sender.pid } }]);
  await recording.stop();
  expect(recording.isLeft()).toBe(false);
  const gaps = recording.events.filter((event) => event.kind === 'gap');
  expect(gaps).toMatchObject([
    { reason: expect.stringContaining('ended while no agent ran'), since: expect.any(String) },
  ]);
});
