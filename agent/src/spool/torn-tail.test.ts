import { cpSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeRecord } from './record.ts';
import { segmentNumber } from './segment.ts';
import { anEvent, idsOf, openSmallSpool, takeAll, temporaryFolder } from './testing/small-spool.ts';

function segmentOf(folder: string): string {
  const name = readdirSync(folder).find((file) => segmentNumber(file) !== null);
  if (!name) throw new Error(`no segment in ${folder}`);
  return join(folder, name);
}

/** What a spool of `events` gives after its file was cut off at `size` bytes. */
function idsAfterCut(written: string, size: number): { ids: string[]; tornBytes: number } {
  const folder = temporaryFolder();
  cpSync(written, folder, { recursive: true });
  truncateSync(segmentOf(folder), size);
  const spool = openSmallSpool(folder);
  const result = { ids: idsOf(takeAll(spool)), tornBytes: spool.tornBytes };
  spool.close();
  return result;
}

function writtenSpool(events: ReturnType<typeof anEvent>[]): { folder: string; headerEnd: number } {
  const folder = temporaryFolder();
  const spool = openSmallSpool(folder);
  for (const event of events) spool.append(event);
  spool.close();
  const eventBytes = Buffer.concat(events.map(encodeRecord)).length;
  return { folder, headerEnd: statSync(segmentOf(folder)).size - eventBytes };
}

it('a tail torn at any byte loses the torn record and no other', () => {
  const events = [0, 1, 2].map((index) => anEvent(index, index * 3));
  const { folder, headerEnd } = writtenSpool(events);
  const ends = events.map(
    (_, index) => headerEnd + Buffer.concat(events.slice(0, index + 1).map(encodeRecord)).length,
  );
  for (let size = 0; size <= (ends.at(-1) ?? 0); size += 1) {
    const whole = ends.filter((end) => end <= size).length;
    const { ids, tornBytes } = idsAfterCut(folder, size);
    expect(ids).toEqual(events.slice(0, whole).map(({ id }) => id));
    const lastWhole = size < headerEnd ? 0 : (ends[whole - 1] ?? headerEnd);
    expect(tornBytes > 0).toBe(size > lastWhole);
    expect(tornBytes).toBeLessThanOrEqual(size - lastWhole);
  }
});

it('holds for any events and any cut', () => {
  const event = fc.record({ id: fc.uuid(), json: fc.json(), atMs: fc.nat(), lost: fc.constant(0) });
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 1, maxLength: 8 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (events, share) => {
        const { folder } = writtenSpool(events);
        const size = Math.floor(statSync(segmentOf(folder)).size * share);
        const { ids } = idsAfterCut(folder, size);
        expect(events.map(({ id }) => id).slice(0, ids.length)).toEqual(ids);
      },
    ),
    { numRuns: 100 },
  );
});

it('goes on after a torn tail: what is appended later is not lost', () => {
  const { folder } = writtenSpool([anEvent(0), anEvent(1)]);
  truncateSync(segmentOf(folder), statSync(segmentOf(folder)).size - 1);
  const spool = openSmallSpool(folder);
  spool.append(anEvent(2));
  spool.flush();
  expect(idsOf(takeAll(spool))).toEqual(['event-0', 'event-2']);
  spool.close();
});
