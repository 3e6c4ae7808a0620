import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { anEvent, idsOf, openSmallSpool, takeAll, temporaryFolder } from './testing/small-spool.ts';

const segmentBytes = 16 * 1024;

/** A spool that has filled and sent several segments, then written `last` events. */
function muchSent(last: number) {
  const folder = temporaryFolder();
  const spool = openSmallSpool(folder, { segmentBytes });
  for (let index = 0; index < 400; index += 1) {
    spool.append(anEvent(index, 200));
    spool.flush();
    for (const { range } of takeAll(spool)) spool.acknowledge(range);
  }
  for (let index = 0; index < last; index += 1) spool.append(anEvent(1000 + index));
  spool.flush();
  return { folder, spool };
}

it('keeps the room of a segment that is sent, and nothing that stood in it', () => {
  const { folder, spool } = muchSent(0);
  const spare = readFileSync(join(folder, 'spare'));
  expect(spare.length).toBeGreaterThanOrEqual(segmentBytes);
  expect(spare.every((byte) => byte === 0)).toBe(true);
  spool.close();
});

it('finds after a kill what was written into old room, none of what stood there, and nothing torn', () => {
  const { folder, spool } = muchSent(3);
  const killed = temporaryFolder();
  cpSync(folder, killed, { recursive: true });
  spool.close();
  const next = openSmallSpool(killed, { segmentBytes });
  expect(next.tornBytes).toBe(0);
  expect(idsOf(takeAll(next))).toEqual(['event-1000', 'event-1001', 'event-1002']);
  next.close();
});
