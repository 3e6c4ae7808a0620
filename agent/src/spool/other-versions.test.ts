import { expect, it } from 'vitest';
import type { openSpool } from './spool.ts';
import { anEvent, idsOf, openSmallSpool, takeAll, temporaryFolder } from './testing/small-spool.ts';

/** Any earlier version whose files differ from ours. */
const earlier: { openSpool: typeof openSpool } = await import(
  new URL('./testing/fixtures/spool-before-room.mjs', import.meta.url).href
);

const roomy = { maxBytes: 64 * 1024 * 1024 };
const openers = {
  'this version': (folder: string) => openSmallSpool(folder, roomy),
  'the earlier one': (folder: string) => openSmallSpool(folder, roomy, earlier.openSpool),
};
type Version = keyof typeof openers;

const each: [Version, Version][] = [
  ['the earlier one', 'this version'],
  ['this version', 'the earlier one'],
];
const ids = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `event-${from + index}`);

it.each(each)('what %s left when it was killed, %s sends whole', (first, second) => {
  const folder = temporaryFolder();
  const left = openers[first](folder);
  for (let index = 0; index < 40; index += 1) left.append(anEvent(index));
  left.flush();
  const sent = left.take({ maxEvents: 10, maxBytes: 1e6 });
  if (sent) left.acknowledge(sent.range);
  left.take({ maxEvents: 10, maxBytes: 1e6 });
  // Not closed: as after kill -9.
  const next = openers[second](folder);
  const taken = takeAll(next, 10);
  expect(idsOf(taken)).toEqual(ids(10, 40));
  for (const { range } of taken) next.acknowledge(range);
  expect(next.waiting).toBe(0);
  next.close();
});

it.each(each)(
  'goes from %s to %s and back, again and again, and loses nothing',
  (first, second) => {
    const folder = temporaryFolder();
    const seen = new Set<string>();
    let made = 0;
    for (let turn = 0; turn < 6; turn += 1) {
      const spool = openers[turn % 2 === 0 ? first : second](folder);
      for (let count = 0; count < 300; count += 1, made += 1) spool.append(anEvent(made, 2_000));
      spool.flush();
      for (let count = 0; count < 2; count += 1) {
        const batch = spool.take({ maxEvents: 50, maxBytes: 1e6 });
        for (const { id } of batch?.records ?? []) seen.add(id);
        if (batch) spool.acknowledge(batch.range);
      }
      spool.close();
    }
    const last = openSmallSpool(folder, roomy);
    for (const id of idsOf(takeAll(last))) seen.add(id);
    expect([...seen].filter((id) => id.startsWith('event-')).length).toBe(made);
    last.close();
  },
);
