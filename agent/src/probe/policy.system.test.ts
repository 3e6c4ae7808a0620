import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cgroupMount, withCgroup } from './testing/cgroups.ts';
import { compilePrograms, type Programs } from './testing/programs.ts';
import { type Recording, record } from './testing/recording.ts';
import { runThrough, startUp } from './testing/running.ts';

const { SIGUSR1 } = constants.signals;
const floodSignals = 20_000;
let programs: Programs;
let recording: Recording;

beforeAll(async () => {
  programs = compilePrograms();
  recording = await record();
});
afterAll(async () => {
  await recording.stop();
  programs.remove();
});

/** Everything that ended before a killed process was told before it: the ring keeps the order. */
async function caughtUp(): Promise<void> {
  const { pid } = await startUp(programs.victim, ['wait']);
  await runThrough('/bin/kill', ['-9', String(pid)]);
  await recording.deathOf(pid);
}

it('a short life that ends by itself is only counted', async () => {
  const { pid } = await runThrough(programs.victim, ['exit', '3']);
  await caughtUp();
  expect(recording.deaths(pid)).toEqual([]);
});

it('a short life in a watched unit or cgroup is told, one beside it is not', async () => {
  const unit = `coroner-watch-${process.pid}.service`;
  const own = await record({ watch: [`unit:${unit}`] });
  const other = await record({ watch: [`cgroup:/coroner-watch-${process.pid}*`] });
  await withCgroup(
    cgroupMount(null),
    async (path) => {
      const outside = await runThrough('sh', ['-c', 'exit 3']);
      const inside = await runThrough('sh', ['-c', `echo $$ > ${path}/cgroup.procs; exit 3`]);
      for (const watching of [own, other]) {
        expect((await watching.deathOf(inside.pid)).exit.code).toBe(3);
        expect(watching.deaths(outside.pid)).toEqual([]);
      }
    },
    unit,
  );
  await other.stop();
  await own.stop();
});

it('SIGTERM that is caught, with exit 0, is a death with its sender, however short the life', async () => {
  const { pid } = await startUp(programs.victim, ['catch-term']);
  const sender = await runThrough('/bin/kill', [String(pid)]);
  const death = await recording.deathOf(pid);
  expect(death.exit).toEqual({ code: 0, signal: null, coreDumped: false });
  expect(death.lifetimeMs).toBeLessThan(10_000);
  expect(death.signals[0]).toMatchObject({ signal: 'SIGTERM', current: { pid: sender.pid } });
});

it('an ignored signal is a near miss: no death, no record, but counted', async () => {
  const { child, pid } = await startUp(programs.victim, ['ignore-term']);
  await runThrough(programs.sender, ['flood', String(pid), String(floodSignals)]);
  await caughtUp();
  expect(recording.deaths(pid)).toEqual([]);
  child.kill('SIGKILL');
  const death = await recording.deathOf(pid);
  expect(death.signals.map(({ signal }) => signal)).toEqual(['SIGKILL']);
});

it('equal signals of one sender are one record with their count', async () => {
  const { child, pid } = await startUp(programs.victim, ['catch-term']);
  await runThrough('/bin/kill', ['-STOP', String(pid)]);
  const flood = await runThrough(programs.sender, ['flood', String(pid), String(floodSignals)]);
  child.kill('SIGCONT');
  const death = await recording.deathOf(pid);
  expect(death.signals).toHaveLength(1);
  expect(death.signals[0]).toMatchObject({
    signal: 'SIGTERM',
    count: floodSignals,
    current: { pid: flood.pid },
  });
  expect(death.signals[0]?.lastBootUs).toBeGreaterThan(death.signals[0]?.bootUs ?? 0);
});

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

it('tells at its end what it only counted', async () => {
  const own = await record();
  const { child, pid } = await startUp(programs.victim, ['ignore-term']);
  const args = ['flood', String(pid), String(floodSignals)];
  const flood = await runThrough(programs.sender, args);
  child.kill('SIGKILL');
  await own.deathOf(pid);
  await own.stop();
  const counts = own.events.filter((event) => event.kind === 'counts');
  // The first were worth telling at once.
  expect(sum(counts.map(({ nearMisses }) => nearMisses))).toBeGreaterThanOrEqual(floodSignals);
  expect(counts.flatMap((event) => event.nearMissesBy ?? [])).toContainEqual({
    signal: 'SIGTERM',
    sender: {
      pid: flood.pid,
      startUs: expect.any(Number),
      comm: 'sender',
      uid: 0,
      cmdline: [programs.sender, ...args],
    },
    target: { pid, startUs: expect.any(Number), comm: 'victim' },
    count: expect.any(Number),
    lastAt: expect.any(String),
    why: 'ignored',
  });
  const told = counts.flatMap((event) => event.nearMissesBy ?? []);
  expect(
    sum(told.filter(({ sender }) => sender?.pid === flood.pid).map(({ count }) => count)),
  ).toBe(floodSignals);
  expect(sum(counts.map(({ exits }) => exits))).toBeGreaterThanOrEqual(1);
});

it('a signal that policy calls noise is not looked at, and its death lacks nothing', async () => {
  const own = await record({ noiseSignals: [SIGUSR1] });
  const { pid } = await startUp(programs.victim, ['wait']);
  await runThrough('/bin/kill', ['-USR1', String(pid)]);
  expect(await own.deathOf(pid)).toMatchObject({
    exit: { signal: 'SIGUSR1' },
    signals: [],
    signalsLost: 0,
  });
  await own.stop();
});

it('a signal that policy does not call noise is a near miss where it is ignored', async () => {
  const own = await record({ noiseSignals: [] });
  const { child, pid } = await startUp(programs.victim, ['wait']);
  const sender = await runThrough('/bin/kill', ['-WINCH', String(pid)]);
  child.kill('SIGKILL');
  await own.deathOf(pid);
  await own.stop();
  const told = own.events.flatMap((event) =>
    event.kind === 'counts' ? (event.nearMissesBy ?? []) : [],
  );
  expect(told).toContainEqual(
    expect.objectContaining({
      signal: 'SIGWINCH',
      sender: expect.objectContaining({ pid: sender.pid }),
      target: expect.objectContaining({ pid }),
      why: 'ignored',
    }),
  );
});

it('a scoped probe sees only the processes of its pid namespace', async () => {
  const inside = spawn('unshare', ['--pid', '--fork', programs.victim, 'fork-wait']);
  await once(inside.stdout, 'data');
  const children = readFileSync(`/proc/${inside.pid}/task/${inside.pid}/children`, 'utf8');
  const init = Number(children.trim());
  const scoped = await record({ scopePidNamespace: statSync(`/proc/${init}/ns/pid`).ino });
  const outside = await startUp(programs.victim, ['wait']);
  await runThrough('/bin/kill', ['-9', String(outside.pid)]);
  const sender = await runThrough('/bin/kill', ['-9', String(init)]);
  const death = await scoped.deathOf(init);
  expect(death.victim.innerPid).toBe(1);
  expect(death.signals[0]?.current?.pid).toBe(sender.pid);
  expect(scoped.deaths(outside.pid)).toEqual([]);
  await scoped.stop();
});
