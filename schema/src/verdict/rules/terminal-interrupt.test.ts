import { expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { aCase, before, exited, kernelSignal, killedBy, ownSignal } from '../testing/case.ts';

const typed = kernelSignal({ signal: 'SIGINT', currentKernelThread: true, ...before(200) });

it.each([
  ['at once', killedBy(typed)],
  ['caught, exit 130', exited(130, typed)],
  [
    'caught and re-raised, as Python does',
    killedBy(typed, ownSignal({ signal: 'SIGINT', code: 0 })),
  ],
])('Ctrl-C %s', (_name, death) => {
  const { answer } = judge(aCase(death));
  expect(answer.verdict).toMatchObject({ cause: 'terminal-interrupt', confidence: 'proven' });
  expect(answer.actor).toBeNull();
});
