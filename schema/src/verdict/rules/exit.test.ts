import { expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { aCase, aSignal, before, exited } from '../testing/case.ts';

it.each([
  ['exit-ok', exited(0)],
  ['exit-error', exited(3)],
  ['last-thread-exited', { ...exited(0), exitGroup: false }],
  ['exit-ok', exited(0, aSignal({ signal: 'SIGTERM', ...before(600_000) }))],
  ['exit-error', exited(1, aSignal({ signal: 'SIGHUP', ...before(60_000) }))],
])('%s', (cause, death) => {
  const { answer } = judge(aCase(death));
  expect(answer.verdict).toMatchObject({ cause, confidence: 'proven' });
  expect(answer.actor).toBeNull();
});

it('where signal records were lost, nobody says that it was not asked to', () => {
  const { verdict, gaps } = judge(aCase({ ...exited(0), signalsLost: 1 })).answer;
  expect(verdict).toMatchObject({ cause: 'exit-ok', confidence: 'likely' });
  expect(verdict.summary).not.toContain('by itself');
  expect(gaps.join()).toContain('1 signal record of');
});
