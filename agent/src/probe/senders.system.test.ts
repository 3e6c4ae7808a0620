import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

/** Kills a fresh victim with `command` (the pid in place of %) and returns both sides. */
async function killWith(command: string, args: readonly string[]) {
  const victim = await startUp(programs.victim, ['wait']);
  const sender = await runThrough(
    command,
    args.map((arg) => arg.replace('%', String(victim.pid))),
  );
  const death = await recording.deathOf(victim.pid);
  return { victim, sender, death, signal: death.signals[0] };
}

describe('the sender of a signal is named, although it is gone', () => {
  it('/bin/kill -9', async () => {
    const { victim, sender, death, signal } = await killWith('/bin/kill', ['-9', '%']);
    expect(death.exit).toEqual({ code: null, signal: 'SIGKILL', coreDumped: false });
    expect(death.victim).toMatchObject({
      comm: 'victim',
      cmdline: [programs.victim, 'wait'],
      exe: programs.victim,
      uid: process.getuid?.(),
    });
    expect(death.victim.ancestry[0]).toMatchObject({ pid: process.pid });
    expect(signal).toMatchObject({
      signal: 'SIGKILL',
      info: 'user',
      code: 0,
      group: true,
      result: 'delivered',
      currentIsVictim: false,
      current: { pid: sender.pid, comm: 'kill', cmdline: ['/bin/kill', '-9', `${victim.pid}`] },
    });
    expect(signal?.current?.ancestry[0]).toMatchObject({ pid: process.pid });
    expect(death.signals).toHaveLength(1);
  });

  it('kill, built into bash', async () => {
    const { victim, sender, signal } = await killWith('bash', ['-c', 'kill %; true']);
    expect(signal).toMatchObject({
      signal: 'SIGTERM',
      current: {
        pid: sender.pid,
        comm: 'bash',
        cmdline: ['bash', '-c', `kill ${victim.pid}; true`],
      },
    });
  });

  it('os.kill of Python', async () => {
    const { sender, signal } = await killWith('python3', ['-c', 'import os; os.kill(%, 2)']);
    expect(signal).toMatchObject({ signal: 'SIGINT', code: 0, current: { pid: sender.pid } });
    expect(signal?.current?.exe).toMatch(/\/python3/);
  });

  it.each([
    ['tgkill', -6, false],
    ['sigqueue', -1, true],
    ['pidfd', 0, true],
  ])('%s', async (call, code, group) => {
    const { victim, sender, death, signal } = await killWith(programs.sender, [call, '%', '9']);
    expect(death.exit.signal).toBe('SIGKILL');
    expect(signal).toMatchObject({ signal: 'SIGKILL', info: 'user', code, group });
    expect(signal?.current).toMatchObject({
      pid: sender.pid,
      cmdline: [programs.sender, call, `${victim.pid}`, '9'],
    });
  });

  it('a shell script names the shell behind the kill, with its command line', async () => {
    const script = '/bin/kill -9 %; echo done';
    const { victim, sender, signal } = await killWith('sh', ['-c', script]);
    expect(signal?.current?.ancestry[0]).toMatchObject({
      pid: sender.pid,
      comm: 'sh',
      cmdline: ['sh', '-c', script.replace('%', String(victim.pid))],
    });
  });

  it('a process that was running before the probe is known by its command line', async () => {
    expect(recording.events).toBeDefined();
    const { signal } = await killWith('/bin/kill', ['-9', '%']);
    expect(signal?.current?.ancestry[0]?.cmdline?.length).toBeGreaterThan(0);
  });
});
