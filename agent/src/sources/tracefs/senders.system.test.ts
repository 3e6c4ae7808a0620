import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compilePrograms, type Programs } from '../../probe/testing/programs.ts';
import { runThrough, startUp } from '../../probe/testing/running.ts';
import { type Recording, record, verdictOf } from './testing/recording.ts';

let programs: Programs;
let recording: Recording;

beforeAll(async () => {
  programs = compilePrograms();
  recording = await record('senders');
});
afterAll(async () => {
  await recording.stop();
  programs.remove();
  expect(recording.isLeft()).toBe(false);
});

async function killWith(command: string, args: readonly string[], victimArgs = ['wait']) {
  const victim = await startUp(programs.victim, victimArgs);
  const sender = await runThrough(
    command,
    args.map((arg) => arg.replace('%', String(victim.pid))),
  );
  const death = await recording.deathOf(victim.pid);
  return { victim, sender, death, answer: verdictOf(death) };
}

describe('a sender is named, and no more is claimed than the trace event tells', () => {
  it('/bin/kill -9', async () => {
    const { sender, death, answer } = await killWith('/bin/kill', ['-9', '%']);
    expect(death).toMatchObject({
      source: 'tracefs',
      exit: { code: null, signal: 'SIGKILL' },
      victim: { comm: 'victim', cmdline: [programs.victim, 'wait'], exe: programs.victim },
      signals: [
        { info: 'user', code: 0, doubt: 'likely', current: { pid: sender.pid, comm: 'kill' } },
      ],
    });
    expect(death.victim.startUs).toBeGreaterThan(0);
    expect(death.victim.ancestry[0]).toMatchObject({ pid: process.pid });
    expect(death.signals[0]?.current?.ancestry[0]).toMatchObject({ pid: process.pid });
    expect(answer.verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'likely' });
    expect(answer.actor?.pid).toBe(sender.pid);
    expect(answer.gaps.join()).toContain('tracefs');
  });

  it('kill, built into a shell that waits', async () => {
    const { sender, death } = await killWith('bash', ['-c', 'sleep 0.3; kill %; sleep 0.3']);
    const { current } = death.signals[0] ?? {};
    expect(current).toMatchObject({ pid: sender.pid, comm: 'bash', uid: process.getuid?.() });
    expect(current?.cmdline?.[2]).toContain('kill');
  });

  it.each([
    ['tgkill', -6, 'proven'],
    ['sigqueue', -1, 'proven'],
    ['pidfd', 0, 'likely'],
  ])('%s', async (call, code, confidence) => {
    const { sender, death, answer } = await killWith(programs.sender, [call, '%', '9']);
    expect(death.signals[0]).toMatchObject({ info: 'user', code, current: { pid: sender.pid } });
    expect(answer.verdict).toMatchObject({ cause: 'signal-from-process', confidence });
  });

  it('SIGTERM that is caught', async () => {
    const { sender, answer, death } = await killWith('/bin/kill', ['%'], ['catch-term']);
    expect(death.exit.signal).toBeNull();
    expect(death.exit.code === 0 || death.exit.byItself).toBe(true);
    expect(answer.verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'likely' });
    expect(answer.actor?.pid).toBe(sender.pid);
  });

  it('a process that ignores the signal lives, and the next one is what ended it', async () => {
    const victim = await startUp(programs.victim, ['ignore-term']);
    await runThrough('/bin/kill', [String(victim.pid)]);
    const { pid } = await runThrough('/bin/kill', ['-9', String(victim.pid)]);
    const death = await recording.deathOf(victim.pid);
    expect(death.signals).toMatchObject([{ signal: 'SIGKILL', current: { pid } }]);
  });

  it('one pid, used twice, is two deaths', async () => {
    const { output } = await runThrough(programs.sender, ['same-pid', '200']);
    const pid = Number(output.split(' ')[0]);
    await expect.poll(() => recording.deaths(pid).length, { timeout: 120_000 }).toBe(2);
    // Each CPU has a pipe of its own, read in turn: within some ms the order may be another.
    const [first, second] = recording.deaths(pid).sort((a, b) => (a.bootUs ?? 0) - (b.bootUs ?? 0));
    expect(first?.exit.signal).toBe('SIGKILL');
    expect(second?.exit.signal).toBe('SIGTERM');
    expect(first?.id).not.toBe(second?.id);
  });

  it('a name that forges a trace line is a name', async () => {
    const name = 'x grp=1 res=0\n';
    const victim = await startUp(programs.victim, ['wait', name]);
    await runThrough('/bin/kill', ['-9', String(victim.pid)]);
    expect((await recording.deathOf(victim.pid)).victim.comm).toBe(name);
  });
});
