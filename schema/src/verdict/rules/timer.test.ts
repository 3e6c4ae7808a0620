import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import { judge } from '../judge.ts';
import { aCase, aSignal, bystander, exited, kernelSignal, killedBy } from '../testing/case.ts';

const made = (signal: string, facts: object = {}) => kernelSignal({ signal, ...facts });

it.each<[string, DeathEvent, RegExp]>([
  [
    'alarm(2)',
    killedBy(made('SIGALRM')),
    /its own alarm or interval timer, which it did not handle/,
  ],
  ['a timer of its processor time', killedBy(made('SIGPROF')), /alarm or interval timer/],
  ['a timer of its user time', killedBy(made('SIGVTALRM')), /alarm or interval timer/],
  ['a POSIX timer', killedBy(made('SIGUSR1', { info: 'user', code: -2 })), /its own POSIX timer/],
  ['one that was seen to run out', killedBy(made('SIGALRM', { timed: true })), /interval timer/],
  ['a timer that it caught', exited(142, made('SIGALRM')), /timer \(it caught the signal/],
])('%s; whoever ran is innocent', (_, death, words) => {
  const { answer } = judge(aCase(death));
  expect(answer.verdict).toMatchObject({ cause: 'timer', confidence: 'proven' });
  expect(answer.verdict.summary).toMatch(words);
  expect(answer.actor).toBeNull();
  expect(JSON.stringify(answer)).not.toContain(bystander.comm);
});

it.each<[string, DeathEvent, string]>([
  ['SIGALRM of a process', killedBy(aSignal({ signal: 'SIGALRM' })), 'signal-from-process'],
  ['SIGALRM while no timer ran', killedBy(made('SIGALRM', { timed: false })), 'unknown'],
  [
    'a siginfo of a timer that a process forged',
    killedBy(aSignal({ signal: 'SIGUSR1', code: -2, queued: true })),
    'signal-from-process',
  ],
  ['asynchronous input', killedBy(made('SIGUSR2', { info: 'user', code: -4 })), 'unknown'],
])('not: %s', (_, death, cause) => {
  expect(judge(aCase(death)).answer.verdict.cause).toBe(cause);
});
