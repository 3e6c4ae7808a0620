import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compilePrograms, type Programs } from './testing/programs.ts';
import { type Recording, record } from './testing/recording.ts';
import { runThrough, startUp } from './testing/running.ts';

let programs: Programs;
let recording: Recording;

beforeAll(async () => {
  programs = compilePrograms();
  recording = await record({ watch: ['victim', 'nothing-else'] });
});
afterAll(async () => {
  await recording.stop();
  programs.remove();
});

const ownEnd = async (...args: string[]) => {
  const { pid } = await runThrough(programs.victim, args);
  return recording.deathOf(pid);
};

describe('how a process ended by itself', () => {
  it.each([0, 3, 42, 255])('exit(%i)', async (code) => {
    const death = await ownEnd('exit', String(code));
    expect(death.exit).toEqual({ code, signal: null, coreDumped: false });
    expect(death.signals).toEqual([]);
    expect(death.exitGroup).toBe(true);
    expect(death.lifetimeMs).toBeGreaterThan(0);
    expect(death.peakRssBytes).toBeGreaterThan(100_000);
    expect(death.oomMarked).toBe(false);
  });

  it('its last thread ended, without exit_group', async () => {
    const death = await ownEnd('last-thread');
    expect(death.exit.signal).toBeNull();
    expect(death.exitGroup).toBe(false);
    expect(recording.deaths(death.victim.pid)).toHaveLength(1);
  });

  it('abort()', async () => {
    const death = await ownEnd('abort');
    expect(death.exit.signal).toBe('SIGABRT');
    expect(death.signals).toHaveLength(1);
    expect(death.signals[0]).toMatchObject({
      signal: 'SIGABRT',
      info: 'user',
      code: -6,
      group: false,
      currentIsVictim: true,
      current: null,
    });
  });

  it('a null dereference', async () => {
    const death = await ownEnd('null');
    expect(death.exit.signal).toBe('SIGSEGV');
    expect(death.signals.at(-1)).toMatchObject({
      signal: 'SIGSEGV',
      info: 'user',
      code: 1,
      address: '10',
      currentIsVictim: true,
    });
  });
});

describe('how a process was ended', () => {
  it('kill -SEGV from outside is no fault', async () => {
    const { pid } = await startUp(programs.victim, ['wait']);
    const sender = await runThrough('/bin/kill', ['-SEGV', String(pid)]);
    const death = await recording.deathOf(pid);
    expect(death.exit.signal).toBe('SIGSEGV');
    expect(death.signals[0]).toMatchObject({
      code: 0,
      address: null,
      currentIsVictim: false,
      current: { pid: sender.pid },
    });
  });

  it('of two signals both are told, oldest first', async () => {
    const { pid } = await startUp(programs.victim, ['catch-term']);
    await runThrough('/bin/kill', ['-STOP', String(pid)]);
    const polite = await runThrough('/bin/kill', ['-TERM', String(pid)]);
    const firm = await runThrough('/bin/kill', ['-KILL', String(pid)]);
    const death = await recording.deathOf(pid);
    expect(death.exit.signal).toBe('SIGKILL');
    expect(death.signals.map(({ signal, current }) => [signal, current?.pid])).toEqual([
      ['SIGTERM', polite.pid],
      ['SIGKILL', firm.pid],
    ]);
  });

  it('noise does not push a stop request out', async () => {
    const { pid } = await startUp(programs.victim, ['catch-term']);
    await runThrough('/bin/kill', ['-STOP', String(pid)]);
    const polite = await runThrough('/bin/kill', ['-TERM', String(pid)]);
    for (const signal of ['USR1', 'USR2', 'ALRM', 'IO'])
      await runThrough('/bin/kill', [`-${signal}`, String(pid)]);
    await runThrough('/bin/kill', ['-KILL', String(pid)]);
    const death = await recording.deathOf(pid);
    expect(death.signals[0]).toMatchObject({ signal: 'SIGTERM', current: { pid: polite.pid } });
    // Two of the others had to go, and had nothing to do with the end.
    expect(death.signalsLost).toBe(0);
  });
});
