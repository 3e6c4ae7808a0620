import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { everySecond } from './every-second.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('calls all in one waking, each until it ends', () => {
  const calls: string[] = [];
  const endFirst = everySecond(() => calls.push('first'));
  vi.advanceTimersByTime(400);
  const endSecond = everySecond(() => calls.push('second'));
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(600);
  expect(calls).toEqual(['first', 'second']);
  endFirst();
  vi.advanceTimersByTime(1000);
  expect(calls).toEqual(['first', 'second', 'second']);
  endSecond();
  endSecond();
  expect(vi.getTimerCount()).toBe(0);
});

it('takes the same function twice, as two', () => {
  let count = 0;
  const call = (): void => {
    count += 1;
  };
  const ends = [everySecond(call), everySecond(call)];
  vi.advanceTimersByTime(1000);
  expect(count).toBe(2);
  for (const end of ends) end();
});
