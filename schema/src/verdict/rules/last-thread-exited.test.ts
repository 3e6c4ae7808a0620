import { expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { aCase, aSignal, exited, ownSignal } from '../testing/case.ts';

const ended = (code: number) => ({ ...exited(code), exitGroup: false });

it.each([
  ['whole', ended(0), 'proven'],
  ['with a code', ended(3), 'proven'],
  ['beside lost records of signals', { ...ended(0), signalsLost: 1 }, 'likely'],
  [
    'after a signal of its own',
    { ...exited(0, ownSignal({ signal: 'SIGUSR1' })), exitGroup: false },
    'proven',
  ],
])('%s', (_, death, confidence) => {
  const { verdict, actor } = judge(aCase(death)).answer;
  expect(verdict).toMatchObject({ cause: 'last-thread-exited', confidence });
  expect(actor).toBeNull();
});

it.each([
  ['exit() was called', { ...exited(0), exitGroup: true }, 'exit-ok'],
  ['it is not known', exited(0), 'exit-ok'],
  [
    'somebody asked it to stop',
    { ...exited(0, aSignal({ signal: 'SIGTERM' })), exitGroup: false },
    'signal-from-process',
  ],
])('not where %s', (_, death, cause) => {
  expect(judge(aCase(death)).answer.verdict.cause).toBe(cause);
});
