import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cgroupMount, limitMemory, memoryMount, withCgroup } from './testing/cgroups.ts';
import { compilePrograms, type Programs } from './testing/programs.ts';
import { type Recording, record } from './testing/recording.ts';
import { runThrough, startUp } from './testing/running.ts';

const limitBytes = 32 * 1024 * 1024;
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

it('an OOM kill in a memory cgroup bears the mark, the cgroup and the peak', async () => {
  await withCgroup(memoryMount(), async (path, name) => {
    limitMemory(path, limitBytes);
    const child = spawn('sh', [
      '-c',
      `echo $$ > ${path}/cgroup.procs; exec ${programs.victim} hog`,
    ]);
    const death = await recording.deathOf(child.pid as number);
    expect(death.exit.signal).toBe('SIGKILL');
    expect(death.oomMarked).toBe(true);
    expect(death.victim).toMatchObject({ comm: 'victim', cgroup: `/${name}` });
    expect(death.peakRssBytes).toBeGreaterThan(limitBytes / 2);
    expect(death.signals[0]).toMatchObject({ info: 'kernel', code: null, group: true });
  });
});

it('cgroup.kill names its writer, and is told from kill(2) by its missing siginfo', async () => {
  await withCgroup(cgroupMount(null), async (path, name) => {
    const { pid } = await startUp(programs.victim, ['wait']);
    writeFileSync(join(path, 'cgroup.procs'), String(pid));
    const writer = await runThrough('sh', ['-c', `echo 1 > ${path}/cgroup.kill`]);
    const death = await recording.deathOf(pid);
    expect(death.victim.cgroup).toBe(`/${name}`);
    expect(death.signals[0]).toMatchObject({
      signal: 'SIGKILL',
      info: 'none',
      code: null,
      group: false,
      currentIsVictim: false,
      current: { pid: writer.pid, cmdline: ['sh', '-c', `echo 1 > ${path}/cgroup.kill`] },
    });
    expect(death.oomMarked).toBe(false);
  });
});

it('Ctrl-C on a terminal comes from the kernel and accuses nobody', async () => {
  const { output } = await runThrough(programs.sender, ['interrupt']);
  const death = await recording.deathOf(Number(output));
  expect(death.exit.signal).toBe('SIGINT');
  expect(death.victim.tty).toMatch(/^pts\/\d+$/);
  expect(death.signals[0]).toMatchObject({ signal: 'SIGINT', info: 'kernel', code: null });
  expect(death.signals[0]?.current?.pid).not.toBe(death.victim.pid);
});

it('a parent-death signal shows the dying parent with its command line', async () => {
  const { child, pid, line } = await startUp(programs.victim, ['parent-death']);
  const orphan = Number(line.split(' ')[1]);
  child.kill('SIGKILL');
  await recording.deathOf(pid);
  const death = await recording.deathOf(orphan);
  expect(death.exit.signal).toBe('SIGKILL');
  expect(death.signals[0]).toMatchObject({
    info: 'none',
    group: true,
    currentExiting: true,
    current: { pid, cmdline: [programs.victim, 'parent-death'] },
  });
});

// Some kernels run no probe while certain tasks are current, and the interrupt may fall on one.
it('an alarm accuses nobody', { retry: 2 }, async () => {
  const child = spawn('python3', ['-c', 'import signal, time; signal.alarm(1); time.sleep(60)']);
  const death = await recording.deathOf(child.pid as number);
  expect(death.signals[0]).toMatchObject({ signal: 'SIGALRM', info: 'kernel', current: null });
});

it('a pid namespace is told with the pid inside it', async () => {
  const child = spawn('unshare', ['--pid', '--fork', programs.victim, 'wait']);
  await once(child.stdout, 'data');
  const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
  const inner = Number(children.trim());
  execFileSync('/bin/kill', ['-9', String(inner)]);
  const death = await recording.deathOf(inner);
  expect(death.victim.innerPid).toBe(1);
  expect(death.victim.pidNamespace).not.toBe(death.signals[0]?.current?.pidNamespace);
  expect(death.signals[0]?.current?.innerPid).toBeNull();
});
