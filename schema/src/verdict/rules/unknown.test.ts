import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeathEvent, FatalSignal } from '../../event/death.ts';
import { judge } from '../judge.ts';
import { aCase, bystander, kernelSignal, killedBy, ownSignal } from '../testing/case.ts';

const made = (signal: string, code?: number) =>
  killedBy(kernelSignal({ signal, ...(code ? { info: 'user', code } : {}) }));

/** Sent by the kernel while the victim ran. */
const ofItself = (facts: Partial<FatalSignal>): FatalSignal =>
  ownSignal({ info: 'kernel', code: null, ...facts });

describe('signals that the kernel made', () => {
  it.each<[string, DeathEvent, RegExp]>([
    ['SIGKILL', made('SIGKILL'), /who or what sent it was not recorded/],
    ['SIGUSR2', made('SIGUSR2'), /who or what sent it was not recorded/],
    ['a message queue', made('SIGUSR1', -3), /that of a notification \(mq_notify\)/],
    ['asynchronous input', made('SIGUSR2', -4), /that of a notification \(asynchronous/],
    ['input of F_SETSIG', made('SIGSEGV', -5), /that of a notification \(input/],
    ['a tracer', { ...killedBy(), traced: true }, /its tracer can give it a signal/],
  ])('%s is unknown, and nobody did it', (_, death, words) => {
    const { verdict, actor } = judge(aCase(death)).answer;
    expect(verdict).toMatchObject({ cause: 'unknown', confidence: 'unknown' });
    expect(verdict.summary).toMatch(words);
    expect(actor).toBeNull();
  });

  /** What bpf_send_signal() may send to the process in which it runs; for none is its reason there. */
  it.each<[string, DeathEvent]>([
    ['SIGALRM', killedBy(kernelSignal({ signal: 'SIGALRM', timed: false, current: null }))],
    ['SIGHUP', killedBy(ofItself({ signal: 'SIGHUP' }))],
    ['SIGINT', killedBy(ofItself({ signal: 'SIGINT' }))],
    ['SIGPIPE', killedBy(ofItself({ signal: 'SIGPIPE' }))],
    ['SIGXFSZ', killedBy(ofItself({ signal: 'SIGXFSZ' }))],
    ['SIGXCPU', killedBy(ofItself({ signal: 'SIGXCPU', timed: false }))],
    ['SIGKILL', { ...killedBy(ofItself({ timed: false })), cpuTimeMs: 1900, cpuLimitS: 2 }],
    [
      'SIGKILL below a limit',
      { ...killedBy(ofItself({ timed: false })), realTimeUs: 10_000, realTimeLimitUs: 50_000 },
    ],
  ])('%s of a BPF program is not taken for another cause', (_, death) => {
    const { verdict, actor } = judge(aCase(death)).answer;
    expect(verdict.cause).toBe('unknown');
    expect(verdict.summary).toContain('a BPF program can do that');
    expect(actor).toBeNull();
  });

  it('never accuse the task that happened to run', () => {
    const signals = [
      'SIGKILL',
      'SIGTERM',
      'SIGALRM',
      'SIGINT',
      'SIGHUP',
      'SIGSEGV',
      'SIGUSR1',
      'SIGBUS',
    ];
    const anySignal = fc.record({
      signal: fc.constantFrom(...signals),
      info: fc.constantFrom('kernel' as const, 'user' as const),
      group: fc.boolean(),
      currentKernelThread: fc.boolean(),
    });
    fc.assert(
      fc.property(
        anySignal,
        fc.constantFrom(-1, -2, -3, -4, -5, -7, -60),
        fc.boolean(),
        (facts, interrupt, oomMarked) => {
          const isUser = facts.info === 'user';
          const made = kernelSignal({
            ...facts,
            ...(isUser ? { code: interrupt, queued: false } : { code: null }),
          });
          const { answer } = judge(aCase({ ...killedBy(made), oomMarked }));
          expect(answer.actor).toBeNull();
          expect(JSON.stringify(answer)).not.toContain(bystander.comm);
        },
      ),
    );
  });
});
