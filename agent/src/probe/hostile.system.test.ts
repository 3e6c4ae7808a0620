import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compilePrograms, type Programs } from './testing/programs.ts';
import { type Recording, record } from './testing/recording.ts';
import { runThrough, startUp } from './testing/running.ts';

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

async function killed(pid: number) {
  const sender = await runThrough('/bin/kill', ['-9', String(pid)]);
  return { death: await recording.deathOf(pid), sender };
}

it('a name with a newline, markup and quotes arrives as it is', async () => {
  const name = '<!ch> & "x"\n';
  const { pid } = await startUp(programs.victim, ['wait', name]);
  const { death } = await killed(pid);
  expect(death.victim.comm).toBe(name);
  expect(death.victim.cmdline).toEqual([programs.victim, 'wait', name]);
});

it('a name that is not UTF-8 is replaced, not refused', async () => {
  const { pid } = await startUp('bash', [
    '-c',
    `exec -a $'\\xff\\xfe\\x1b[31m' ${programs.victim} wait $'a\\xc3'`,
  ]);
  const { death } = await killed(pid);
  expect(death.victim.cmdline).toEqual(['\ufffd\ufffd\u001b[31m', 'wait', 'a\ufffd']);
});

it('of an argument of 128 kB the beginning is kept and the cut is told', async () => {
  const long = 'x'.repeat(128 * 1024 - 1);
  const { pid } = await startUp(programs.victim, ['wait', 'name', long, 'last']);
  const { death } = await killed(pid);
  expect(death.victim.cmdlineTruncated).toBe(true);
  expect(death.victim.cmdline?.slice(0, 3)).toEqual([programs.victim, 'wait', 'name']);
  expect(death.victim.cmdline?.at(-1)).toMatch(/^x+…$/);
  expect(death.victim.cmdline?.join('').length).toBeLessThan(1100);
});

it('an empty argument in the middle and at the end stays', async () => {
  const { pid } = await startUp(programs.victim, ['wait', '', 'x', '']);
  const { death } = await killed(pid);
  expect(death.victim.cmdline).toEqual([programs.victim, 'wait', '', 'x', '']);
  expect(death.victim.cmdlineTruncated).toBe(false);
});

it('two processes with the same pid are two deaths, each with its own signal', async () => {
  const { output, pid: senderPid } = await runThrough(programs.sender, ['same-pid']);
  const [first = 0, second] = output.split(' ').map(Number);
  expect(second).toBe(first);
  await recording.until(() => recording.deaths(first).length === 2, 'both deaths');
  const [one, two] = recording.deaths(first);
  expect(one?.id).not.toBe(two?.id);
  expect(one?.exit.signal).toBe('SIGKILL');
  expect(two?.exit.signal).toBe('SIGTERM');
  expect(two?.signals).toHaveLength(1);
  for (const death of [one, two]) expect(death?.signals[0]?.current?.pid).toBe(senderPid);
});

it('a process that forked without exec has the command line of its memory', async () => {
  const { pid, line, child } = await startUp(programs.victim, ['fork-wait']);
  const forked = Number(line.split(' ')[1]);
  expect(forked).not.toBe(pid);
  const { death } = await killed(forked);
  expect(death.victim.cmdline).toEqual([programs.victim, 'fork-wait']);
  expect(death.victim.exe).toBe(programs.victim);
  child.kill('SIGKILL');
});

it('a sender that wrote over its command line is known by the one of its exec', async () => {
  const { pid } = await startUp(programs.victim, ['wait']);
  const code = `import ctypes, os
libc = ctypes.CDLL(None)
start = int(open('/proc/self/stat').read().rsplit(')', 1)[1].split()[45])
ctypes.memset(start, ord('z'), 7)
os.kill(${pid}, 9)`;
  const child = spawn('python3', ['-c', code], { stdio: 'inherit' });
  const death = await recording.deathOf(pid);
  const sender = death.signals[0]?.current;
  expect(sender?.pid).toBe(child.pid);
  expect(sender?.cmdline).toEqual([expect.stringMatching(/python3$/), '-c', code]);
});

it('a long path of the executable is whole', async () => {
  const folder = `${programs.folder}/${'deep/'.repeat(8)}${'long-name-'.repeat(5)}`;
  await runThrough('mkdir', ['-p', folder]);
  await runThrough('cp', [programs.victim, `${folder}/v`]);
  const { pid } = await startUp('./v', ['wait'], { cwd: folder });
  const { death } = await killed(pid);
  expect(death.victim.exe).toBe(`${folder}/v`);
});
