import { spawn } from 'node:child_process';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { cgroupMount, limitMemory, memoryMount } from '../../probe/testing/cgroups.ts';
import { compilePrograms, type Programs } from '../../probe/testing/programs.ts';
import { runThrough, startUp } from '../../probe/testing/running.ts';
import { type Recording, record, verdictOf } from './testing/recording.ts';

let programs: Programs;
let recording: Recording;

beforeAll(async () => {
  programs = compilePrograms();
  recording = await record('kernel-made');
});
afterAll(async () => {
  await recording.stop();
  programs.remove();
  expect(recording.isLeft()).toBe(false);
});

/** A fresh cgroup of a hierarchy, removed when its last process is reaped. */
function aCgroup(mount: string, name: string): string {
  const path = join(mount, `coroner-tracefs-${process.pid}-${name}`);
  mkdirSync(path);
  onTestFinished(() => vi.waitFor(() => rmdirSync(path), { timeout: 120_000 }));
  return path;
}

async function verdictAfter(command: string, args: readonly string[]) {
  const child = spawn(command, args, { stdio: 'ignore' });
  const death = await recording.deathOf(child.pid as number);
  return { death, answer: verdictOf(death) };
}

it('an OOM kill bears the mark and accuses nobody', async () => {
  const path = aCgroup(memoryMount(), 'oom');
  limitMemory(path, 32 * 1024 * 1024);
  const script = `echo $$ > ${path}/cgroup.procs; exec ${programs.victim} hog`;
  const { death, answer } = await verdictAfter('sh', ['-c', script]);
  expect(death).toMatchObject({ oomMarked: true, exit: { signal: 'SIGKILL' } });
  expect(death.signals[0]).toMatchObject({ info: 'kernel', code: null });
  expect(answer.verdict.cause).toBe('oom-cgroup');
  expect(answer.actor).toBeNull();
});

it('cgroup.kill is told from kill(2), and names its writer', async () => {
  const path = aCgroup(cgroupMount(null), 'kill');
  const { pid } = await startUp(programs.victim, ['wait']);
  writeFileSync(join(path, 'cgroup.procs'), String(pid));
  const writer = await runThrough('sh', ['-c', `echo 1 > ${path}/cgroup.kill`]);
  const death = await recording.deathOf(pid);
  expect(death.signals[0]).toMatchObject({ info: 'none', code: null, group: false });
  const { verdict, actor } = verdictOf(death);
  expect(verdict.cause).toBe('cgroup-kill');
  expect(actor?.pid).toBe(writer.pid);
});

it('a parent-death signal is told from kill(2) by the end of the parent before it', async () => {
  const { child, pid, line } = await startUp(programs.victim, ['parent-death']);
  const orphan = Number(line.split(' ')[1]);
  child.kill('SIGKILL');
  const death = await recording.deathOf(orphan);
  expect(death.signals[0]).toMatchObject({ info: 'none', group: true, currentExiting: true });
  expect(verdictOf(death)).toMatchObject({ verdict: { cause: 'parent-died' }, actor: { pid } });
});

it('the end of a pid namespace takes its processes along', async () => {
  const inner = `${programs.victim} wait >/dev/null & sleep 0.3; exit 0`;
  const child = spawn('unshare', ['--pid', '--fork', '--mount-proc', 'sh', '-c', inner]);
  await new Promise((resolve) => child.on('close', resolve));
  const death = await vi.waitFor(
    () => {
      const found = recording.events.find(
        (event) =>
          event.kind === 'death' &&
          event.victim.cmdline?.[0] === programs.victim &&
          event.signals.some(({ info }) => info === 'kernel') &&
          !event.oomMarked,
      );
      if (found?.kind !== 'death') throw new Error('not yet');
      return found;
    },
    { timeout: 120_000 },
  );
  expect(verdictOf(death).verdict.cause).toBe('parent-died');
});

it('Ctrl-C on a terminal accuses nobody', async () => {
  const { output } = await runThrough(programs.sender, ['interrupt']);
  const death = await recording.deathOf(Number(output));
  expect(verdictOf(death)).toMatchObject({ verdict: { cause: 'terminal-interrupt' }, actor: null });
});

const python = (code: string) => ['-c', `import os, signal, time\n${code}\ntime.sleep(60)`];

it.each<[string, string, string[], string, string | null]>([
  ['a fault', '%victim', ['null'], 'crash', 'SIGSEGV'],
  ['an abort', '%victim', ['abort'], 'abort', 'SIGABRT'],
  [
    'a signal to itself',
    'python3',
    python('os.kill(os.getpid(), 11)'),
    'signal-to-self',
    'SIGSEGV',
  ],
  ['an alarm', 'python3', python('signal.alarm(1)'), 'timer', 'SIGALRM'],
  [
    'a broken pipe',
    'bash',
    ['-c', 'exec 3> >(true); sleep 0.3; while :; do echo x >&3; done'],
    'broken-pipe',
    'SIGPIPE',
  ],
  [
    'a limit',
    'bash',
    ['-c', 'ulimit -f 0; exec dd if=/dev/zero of=%folder/limit bs=1'],
    'resource-limit',
    'SIGXFSZ',
  ],
])('%s', async (_name, command, args, cause, signal) => {
  const { death, answer } = await verdictAfter(
    command.replace('%victim', programs.victim),
    args.map((arg) => arg.replace('%folder', programs.folder)),
  );
  expect(death.exit).toMatchObject({ code: null, signal });
  expect(answer.verdict.cause).toBe(cause);
  if (answer.actor) expect(answer.actor.pid).toBe(death.victim.pid);
});
