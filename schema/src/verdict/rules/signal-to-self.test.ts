import { expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { aCase, exited, killedBy, ownSignal } from '../testing/case.ts';

it('names the victim itself', () => {
  const { answer } = judge(aCase(killedBy(ownSignal({ signal: 'SIGKILL' }))));
  expect(answer.verdict).toMatchObject({ cause: 'signal-to-self', confidence: 'proven' });
  expect(answer.actor?.pid).toBe(4121);
});

it('a SIGTERM to itself before a plain exit is no stop by anybody', () => {
  expect(judge(aCase(exited(0, ownSignal({ signal: 'SIGTERM' })))).answer.verdict.cause).toBe(
    'exit-ok',
  );
});
