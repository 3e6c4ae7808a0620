import { expect, test } from 'vitest';
import { createQueue } from './queue.ts';

const item = (bytes: number) => ({ data: new Uint8Array(bytes) });
/** Whether a promise is resolved by now. */
const isResolved = (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<false>((no) => setImmediate(no, false))]);

test('takes no more items than asked for, and none further when the bytes are reached', async () => {
  const queue = createQueue();
  for (const bytes of [10, 20, 30, 40]) queue.push(item(bytes));
  const sizes = (items: { data: Uint8Array }[]) => items.map(({ data }) => data.length);
  expect(sizes(await queue.take({ items: 1, bytes: 1_000 }))).toEqual([10]);
  expect(sizes(await queue.take({ items: 10, bytes: 21 }))).toEqual([20, 30]);
  expect(sizes(await queue.take({ items: 10, bytes: 1 }))).toEqual([40]);
});

test('has room below as many items as bytes, and again when some were taken', async () => {
  const queue = createQueue();
  queue.push(item(600));
  expect(await isResolved(queue.room({ items: 2, bytes: 1_000 }))).toBe(true);
  queue.push(item(600));
  const room = queue.room({ items: 9, bytes: 1_000 });
  expect(await isResolved(queue.room({ items: 2, bytes: 9_000 }))).toBe(false);
  expect(await isResolved(room)).toBe(false);
  await queue.take({ items: 1, bytes: 1_000 });
  expect(await isResolved(room)).toBe(true);
});

test('closing wakes both sides; what waits can still be taken', async () => {
  const queue = createQueue();
  queue.push(item(1));
  const room = queue.room({ items: 1, bytes: 1 });
  queue.close();
  await room;
  expect(await queue.take({ items: 5, bytes: 5 })).toHaveLength(1);
  expect(await queue.take({ items: 5, bytes: 5 })).toHaveLength(0);
});
