import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import { judge } from '../judge.ts';
import { aCase, aSignal, exited, killedBy, ownSignal } from '../testing/case.ts';

const pipe = ownSignal({ signal: 'SIGPIPE', info: 'none', code: null, group: false });

it.each<[string, string, DeathEvent]>([
  ['ended it', 'proven', killedBy(pipe)],
  ['was caught', 'proven', exited(141, pipe)],
  ['ended it, beside lost records of signals', 'likely', { ...killedBy(pipe), signalsLost: 1 }],
])('SIGPIPE %s: %s', (_, confidence, death) => {
  const { verdict, actor } = judge(aCase(death)).answer;
  expect(verdict).toMatchObject({ cause: 'broken-pipe', confidence });
  expect(verdict.summary).toContain('whose reader was gone');
  expect(actor).toBeNull();
});

it.each<[string, DeathEvent, string]>([
  ['of a process', killedBy(aSignal({ signal: 'SIGPIPE' })), 'signal-from-process'],
  ['that it sent itself', killedBy(ownSignal({ signal: 'SIGPIPE', code: 0 })), 'signal-to-self'],
])('not: SIGPIPE %s', (_, death, cause) => {
  expect(judge(aCase(death)).answer.verdict.cause).toBe(cause);
});
