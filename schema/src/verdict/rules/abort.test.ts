import { expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { aCase, aSignal, killedBy, ownSignal } from '../testing/case.ts';

it('SIGABRT that it raised itself', () => {
  const { answer } = judge(
    aCase(killedBy(ownSignal({ signal: 'SIGABRT', code: -6, group: false }))),
  );
  expect(answer.verdict).toMatchObject({ cause: 'abort', confidence: 'proven' });
  expect(answer.actor).toBeNull();
});

it('SIGABRT from another process is that process', () => {
  const { answer } = judge(aCase(killedBy(aSignal({ signal: 'SIGABRT' }))));
  expect(answer.verdict.cause).toBe('signal-from-process');
  expect(answer.verdict.ruledOut.map(({ cause }) => cause)).toContain('abort');
});
