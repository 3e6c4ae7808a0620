import { expect, it } from 'vitest';
import { signalName, signalNumber } from './signal.ts';

it('names every number, and finds every number by its name', () => {
  for (let number = 1; number <= 64; number += 1)
    expect(signalNumber(signalName(number))).toBe(number);
});

it.each([
  ['KILL', 9],
  ['sigterm', 15],
  ['9', 9],
  ['SIGRTMIN+2', 36],
  ['NOPE', null],
])('%s is %s', (name, number) => {
  expect(signalNumber(name)).toBe(number);
});
