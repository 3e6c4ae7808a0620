import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import { judge } from '../judge.ts';
import { aCase, aSignal, exited, killedBy, ownSignal } from '../testing/case.ts';

const filtered = (facts: object = {}) => ownSignal({ signal: 'SIGSYS', code: 1, ...facts });
const strict = { ...killedBy(), seccompStrict: true };

it.each<[string, string, DeathEvent]>([
  ['a filter', 'proven', killedBy(filtered())],
  ['a filter whose signal it caught', 'proven', exited(159, filtered())],
  ['strict mode, which no signal precedes', 'proven', strict],
  ['strict mode beside lost records of signals', 'likely', { ...strict, signalsLost: 1 }],
])('%s is %s', (_, confidence, death) => {
  const { verdict, actor } = judge(aCase(death)).answer;
  expect(verdict).toMatchObject({ cause: 'seccomp', confidence });
  expect(actor).toBeNull();
});

it.each<[string, DeathEvent, string]>([
  ['a siginfo that only looks like it', killedBy(filtered({ group: true })), 'signal-to-self'],
  ['SIGSYS of a process', killedBy(aSignal({ signal: 'SIGSYS' })), 'signal-from-process'],
  [
    'a kill of one in strict mode',
    { ...killedBy(aSignal()), seccompStrict: true },
    'signal-from-process',
  ],
])('not: %s', (_, death, cause) => {
  expect(judge(aCase(death)).answer.verdict.cause).toBe(cause);
});
