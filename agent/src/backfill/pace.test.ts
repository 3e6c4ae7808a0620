import { expect, it } from 'vitest';
import { gentlePace } from './pace.ts';

it('waits until what happens now is sent', async () => {
  let waiting = 501;
  let asked = 0;
  const pace = gentlePace(() => {
    asked += 1;
    if (asked > 3) waiting = 0;
    return waiting;
  }, new AbortController().signal);
  await pace.rest(0, 0);
  expect(asked).toBe(4);
});

it('ends when it is stopped, however long it would wait', async () => {
  const stopping = new AbortController();
  const resting = gentlePace(() => 501, stopping.signal).rest(2 ** 30, 2 ** 10);
  stopping.abort();
  await expect(resting).rejects.toThrow(/abort/);
});

it('rests for what was read and told', async () => {
  const pace = gentlePace(() => 0, new AbortController().signal);
  const startedMs = performance.now();
  await pace.rest(0, 50);
  await pace.rest(1024 * 1024, 0);
  expect(performance.now() - startedMs).toBeGreaterThan(250);
});
