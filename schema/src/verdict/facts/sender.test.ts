import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { aCase, aProcess, aSignal, before, killedBy, killer, ownSignal } from '../testing/case.ts';

const judged = (...signals: Parameters<typeof killedBy>) =>
  judge(aCase(killedBy(...signals))).answer;

describe('a siginfo that was handed over in a system call', () => {
  it('names its sender whatever it says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -70, max: -1 }),
        fc.constantFrom('SIGKILL', 'SIGALRM', 'SIGHUP', 'SIGUSR1', 'SIGSEGV'),
        (code, signal) => {
          const { verdict, actor } = judged(aSignal({ signal, code, queued: true }));
          expect(verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
          expect(actor?.pid).toBe(killer.pid);
        },
      ),
    );
  });

  it('is no fault when the victim sent it to itself, thread or process', () => {
    for (const group of [true, false]) {
      const forged = ownSignal({ signal: 'SIGSEGV', code: 1, queued: true, group });
      expect(judged(forged).verdict.cause).toBe('signal-to-self');
    }
  });

  it('of a source that does not look is believed for SI_QUEUE alone', () => {
    expect(judged(aSignal({ code: -1 })).actor?.pid).toBe(killer.pid);
    for (const code of [-2, -3, -4, -5, -7]) expect(judged(aSignal({ code })).actor).toBeNull();
  });
});

describe('SIGKILL without siginfo to one thread', () => {
  const withoutInfo = aSignal({ info: 'none', code: null, group: false });

  it('of a tracer is a signal of that process', () => {
    const { verdict, actor } = judged({ ...withoutInfo, currentTraces: true });
    expect(verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
    expect(actor?.pid).toBe(killer.pid);
  });

  it('of anybody else was written to cgroup.kill', () => {
    expect(judged(withoutInfo).verdict.cause).toBe('cgroup-kill');
  });
});

describe('equal signals of two senders', () => {
  const first = aProcess({ pid: 11, comm: 'first' });
  const second = aProcess({ pid: 22, comm: 'second' });
  const term = (ms: number) => ({ signal: 'SIGTERM', ...before(ms) });

  it('the last that was delivered killed, not the last that was sent', () => {
    const early = aSignal({
      ...term(9_000),
      current: second,
      count: 2,
      lastBootUs: before(1_000).bootUs,
      deliveredBootUs: before(9_000).bootUs,
    });
    const fatal = aSignal({ ...term(2_000), current: first });
    expect(judged(early, fatal).actor?.pid).toBe(first.pid);
  });

  it('one of which the victim caught and raised again was the last that was delivered', () => {
    const [one, two] = [first, second].map((current, index) =>
      aSignal({
        ...term(9_000 - index * 1_000),
        current,
        count: 2,
        lastBootUs: before(3_000 + index * 1_000).bootUs,
      }),
    );
    const raised = ownSignal({ ...term(2_990), code: -6 });
    if (one && two) expect(judged(one, two, raised).actor?.pid).toBe(first.pid);
    expect.assertions(1);
  });
});
