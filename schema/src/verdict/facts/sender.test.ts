import { expect, it } from 'vitest';
import { judge } from '../judge.ts';
import { aCase, aSignal, killedBy } from '../testing/case.ts';

/** si_code of SI_QUEUE, SI_TKILL; SI_TIMER, SI_MESGQ, SI_ASYNCIO. */
it.each([
  [0, true],
  [-1, true],
  [-6, true],
  [-2, false],
  [-3, false],
  [-4, false],
])('si_code %i names its sender: %s', (code, named) => {
  const death = killedBy(aSignal({ signal: 'SIGUSR1', code }));
  expect(judge(aCase(death)).answer.actor !== null).toBe(named);
});
