import { expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { aCase, exited, killedBy, ownSignal } from '../testing/case.ts';

it('names the victim itself', () => {
  const { answer } = judge(aCase(killedBy(ownSignal({ signal: 'SIGKILL' }))));
  expect(answer.verdict).toMatchObject({ cause: 'signal-to-self', confidence: 'proven' });
  expect(answer.actor?.pid).toBe(4121);
});

it.each([
  ['SIGTERM', 'unknown'],
  ['SIGUSR1', 'signal-to-self'],
])('a %s of its own beside lost signal records is %s', (signal, cause) => {
  const death = { ...killedBy(ownSignal({ signal })), signalsLost: 1 };
  const { verdict, actor } = judge(aCase(death)).answer;
  expect(verdict.cause).toBe(cause);
  expect(actor === null).toBe(cause === 'unknown');
});

it('a siginfo that only looks like a fault is one that it sent itself', () => {
  const forged = ownSignal({ signal: 'SIGSEGV', code: 1, group: true });
  expect(judge(aCase(killedBy(forged))).answer.verdict.cause).toBe('signal-to-self');
  expect(judge(aCase(killedBy({ ...forged, group: false }))).answer.verdict.cause).toBe('crash');
});

it('a SIGTERM to itself before a plain exit is no stop by anybody', () => {
  expect(judge(aCase(exited(0, ownSignal({ signal: 'SIGTERM' })))).answer.verdict.cause).toBe(
    'exit-ok',
  );
});
