import { expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { aCase, aSignal, before, exited, ownSignal } from '../testing/case.ts';

it.each([
  ['alone', exited(0)],
  ['long after a SIGTERM', exited(0, aSignal({ signal: 'SIGTERM', ...before(600_000) }))],
  ['after a SIGTERM to itself', exited(0, ownSignal({ signal: 'SIGTERM' }))],
])('%s', (_, death) => {
  const { answer } = judge(aCase(death));
  expect(answer.verdict).toMatchObject({ cause: 'exit-ok', confidence: 'proven' });
  expect(answer.verdict.summary).toContain('exited by itself at 03:12:07 UTC after 9 d 4 h');
  expect(answer.actor).toBeNull();
});

it('where signal records were lost, nobody says that it was not asked to', () => {
  const { verdict, gaps } = judge(aCase({ ...exited(0), signalsLost: 1 })).answer;
  expect(verdict).toMatchObject({ cause: 'exit-ok', confidence: 'likely' });
  expect(verdict.summary).not.toContain('by itself');
  expect(gaps.join()).toContain('1 signal record of');
});
