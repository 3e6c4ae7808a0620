import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import { judge } from '../judge.ts';
import { aCase, bystander, kernelSignal, killedBy } from '../testing/case.ts';

const made = (signal: string, code?: number) =>
  killedBy(kernelSignal({ signal, ...(code ? { info: 'user', code } : {}) }));

describe('signals that the kernel made', () => {
  it.each<[string, DeathEvent, RegExp]>([
    ['SIGKILL', made('SIGKILL'), /who or what sent it was not recorded/],
    ['SIGUSR2', made('SIGUSR2'), /who or what sent it was not recorded/],
    ['a message queue', made('SIGUSR1', -3), /that of a notification \(mq_notify\)/],
    ['asynchronous input', made('SIGUSR2', -4), /that of a notification \(asynchronous/],
  ])('%s is unknown, and nobody did it', (_, death, words) => {
    const { verdict, actor } = judge(aCase(death)).answer;
    expect(verdict).toMatchObject({ cause: 'unknown', confidence: 'unknown' });
    expect(verdict.summary).toMatch(words);
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
        fc.constantFrom(-2, -3, -4),
        fc.boolean(),
        (facts, interrupt, oomMarked) => {
          const made = kernelSignal({ ...facts, code: facts.info === 'user' ? interrupt : null });
          const { answer } = judge(aCase({ ...killedBy(made), oomMarked }));
          expect(answer.actor).toBeNull();
          expect(JSON.stringify(answer)).not.toContain(bystander.comm);
        },
      ),
    );
  });
});
