import { webApi } from '@slack/bolt';
import { afterEach, expect, it } from 'vitest';
import { type ChannelQueue, channelQueue } from './channel-queue.ts';
import { pace } from './pace.ts';

let queue: ChannelQueue;
afterEach(() => queue.stop());

const fresh = () => {
  queue = channelQueue(() => undefined);
  return queue;
};

it('lets a person who waits go before alerts', async () => {
  const order: string[] = [];
  const { run } = fresh();
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const alert = (name: string) => run('C1', 'post', 'alert', async () => void order.push(name));
  const all = [
    run('C1', 'post', 'alert', () => gate),
    alert('alert 1'),
    alert('alert 2'),
    run('C1', 'post', 'answer', async () => void order.push('answer')),
  ];
  release();
  await Promise.all(all);
  expect(order).toEqual(['answer', 'alert 1', 'alert 2']);
});

it('posts a new incident while edits wait for their pace', async () => {
  const { run } = fresh();
  const order: string[] = [];
  const edit = () => run('C1', 'update', 'alert', async () => void order.push('edit'));
  await Promise.all(Array.from({ length: 5 }, edit));
  const late = edit();
  await run('C1', 'post', 'alert', async () => void order.push('new incident'));
  expect(order).toEqual([...Array(5).fill('edit'), 'new incident']);
  await late;
  expect(order.at(-1)).toBe('edit');
});

it('puts a new incident before the news of old ones', async () => {
  const { run } = fresh();
  const order: string[] = [];
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const all = [
    run('C1', 'post', 'answer', () => gate),
    run('C1', 'update', 'alert', async () => void order.push('edit')),
    run('C1', 'post', 'alert', async () => void order.push('new incident')),
  ];
  release();
  await Promise.all(all);
  expect(order).toEqual(['new incident', 'edit']);
});

it('waits out a rate limit and repeats; other channels go on', async () => {
  const { run } = fresh();
  let attempts = 0;
  const limited = run('C1', 'post', 'alert', async ({ attempt }) => {
    attempts += 1;
    if (attempt === 0) throw new webApi.WebAPIRateLimitedError(0.05);
    return 'sent';
  });
  expect(await run('C2', 'post', 'alert', async () => 'at once')).toBe('at once');
  expect(await limited).toBe('sent');
  expect(attempts).toBe(2);
});

it('tells the next attempt whether Slack may have taken the one before', async () => {
  const { run } = fresh();
  const seen: boolean[] = [];
  await run('C1', 'post', 'alert', async ({ attempt, ambiguous }) => {
    seen.push(ambiguous);
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    if (attempt === 0) throw new webApi.WebAPIRequestError(refused);
    if (attempt === 1) throw new webApi.WebAPIHTTPError(500, 'oops', {}, '');
  });
  expect(seen).toEqual([false, false, true]);
});

it('rejects what no repetition helps, and goes on with the next', async () => {
  const { run } = fresh();
  const error = new webApi.WebAPIPlatformError({ ok: false, error: 'not_in_channel' });
  await expect(run('C1', 'post', 'alert', () => Promise.reject(error))).rejects.toBe(error);
  expect(await run('C1', 'post', 'alert', async () => 1)).toBe(1);
  expect(queue.size()).toBe(0);
});

it('paces: a burst at once, then one each interval', () => {
  const bucket = pace(2, 1000);
  expect([0, 0, 0].map(() => bucket.take(0))).toEqual([0, 0, 1000]);
  expect(bucket.take(400)).toBe(600);
  expect(bucket.take(1000)).toBe(0);
  expect(bucket.take(1000)).toBe(1000);
  expect([0, 0, 0].map(() => bucket.take(60_000))).toEqual([0, 0, 1000]);
});
