import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { anEvent, idsOf, openSmallSpool, takeAll, temporaryFolder } from './testing/small-spool.ts';

const numbers = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => from + index);
const ids = (count: number, from = 0) => numbers(count, from).map((index) => `event-${index}`);

function spoolOf(count: number) {
  const folder = temporaryFolder();
  const spool = openSmallSpool(folder);
  for (const index of numbers(count)) spool.append(anEvent(index));
  spool.flush();
  return { folder, spool };
}

it('gives the events in order, in batches of the size asked for', () => {
  const { spool } = spoolOf(25);
  const batches = takeAll(spool, 10);
  expect(batches.map(({ records }) => records.length)).toEqual([10, 10, 5]);
  expect(idsOf(batches)).toEqual(ids(25));
  spool.close();
});

it('cuts a batch before it grows too large, but never to nothing', () => {
  const { spool } = spoolOf(3);
  expect(spool.take({ maxEvents: 500, maxBytes: 1 })?.records).toHaveLength(1);
  spool.close();
});

it('tells when there is something to take, at the end of the turn', async () => {
  const spool = openSmallSpool(temporaryFolder());
  const told = new Promise<void>((resolve) => spool.whenWritten(resolve));
  spool.append(anEvent(0));
  expect(takeAll(spool)).toEqual([]);
  await told;
  expect(idsOf(takeAll(spool))).toEqual(['event-0']);
  spool.close();
});

it('sends again what was in flight, in the same batches, and then the rest', () => {
  const { folder, spool } = spoolOf(25);
  const taken = [spool, spool, spool].map((one) => one.take({ maxEvents: 4, maxBytes: 1e6 }));
  if (taken[0]) spool.acknowledge(taken[0].range);
  // Not closed: as after kill -9.
  const next = openSmallSpool(folder);
  expect(next.waiting).toBe(21);
  const again = takeAll(next, 100);
  expect(again.map(({ records }) => records.map(({ id }) => id))).toEqual([
    ids(4, 4),
    ids(4, 8),
    ids(13, 12),
  ]);
  expect(next.lastIds).toEqual(ids(25));
  next.close();
});

it('keeps nothing of what was acknowledged, in whatever order', () => {
  const { folder, spool } = spoolOf(25);
  for (const { range } of takeAll(spool, 4).reverse()) spool.acknowledge(range);
  expect(spool.waiting).toBe(0);
  spool.close();
  const next = openSmallSpool(folder);
  expect(takeAll(next)).toEqual([]);
  next.close();
  expect(readdirSync(folder)).toEqual(['cursor', 'spare']);
});

it('sends everything again when the cursor is damaged', () => {
  const { folder, spool } = spoolOf(9);
  for (const { range } of takeAll(spool, 4).slice(0, 1)) spool.acknowledge(range);
  spool.close();
  writeFileSync(join(folder, 'cursor'), Buffer.alloc(200_000, 7));
  const next = openSmallSpool(folder);
  expect(idsOf(takeAll(next))).toEqual(ids(9));
  next.close();
});

it('splits a batch that is too large for one message', () => {
  const { folder, spool } = spoolOf(5);
  const [batch] = takeAll(spool);
  if (!batch) throw new Error('nothing to take');
  const parts = spool.split(batch.range);
  expect(parts.map(({ records }) => records.length)).toEqual([3, 2]);
  const next = openSmallSpool(folder);
  expect(takeAll(next).map(({ records }) => records.length)).toEqual([3, 2]);
  next.close();
});

it('begins a segment of its own after a restart, so that host and boot stay those of the events', () => {
  const { folder, spool } = spoolOf(2);
  spool.close();
  const header = { host: 'web-3', bootId: 'boot-2', agent: '0' };
  const next = openSmallSpool(folder, { header });
  next.append(anEvent(2));
  next.flush();
  expect(takeAll(next).map((batch) => [batch.header.bootId, batch.records.length])).toEqual([
    ['boot-1', 2],
    ['boot-2', 1],
  ]);
  next.close();
});
