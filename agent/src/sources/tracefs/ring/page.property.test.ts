import fc from 'fast-check';
import { expect, it } from 'vitest';
import { entry, execBytes, formats, pageOf, signalBytes } from '../testing/pages.ts';
import { eventReader } from './event.ts';
import { parseFormat } from './format.ts';
import { pageLayout, readPage } from './page.ts';

const layout = pageLayout(new Map());
const read = eventReader(formats);
const events = (page: Buffer) => readPage(page, layout, 0).records.map(read);

const records = fc.array(
  fc.oneof(
    fc
      .record({
        tid: fc.nat(4_000_000),
        sig: fc.integer({ min: 1, max: 64 }),
        pid: fc.nat(4_000_000),
      })
      .map(signalBytes),
    fc.string({ unit: 'binary', maxLength: 40 }).map((name) => execBytes(7, name)),
  ),
  { maxLength: 20 },
);

it('any bytes are a page: nothing crashes, and no record reaches outside of it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => {
      const page = readPage(Buffer.from(bytes), layout, 0);
      for (const record of page.records) read(record);
      const total = page.records.reduce((sum, record) => sum + record.bytes.length, 0);
      expect(total).toBeLessThanOrEqual(bytes.length);
    }),
  );
});

it('a byte that flips changes no record before it', () => {
  fc.assert(
    fc.property(records, fc.nat(4095), fc.integer({ min: 1, max: 255 }), (some, at, flip) => {
      const entries = some.map((record, index) => entry(record, index));
      const page = pageOf(entries);
      const before = events(page);
      expect(before).toHaveLength(some.length);
      const mutated = Buffer.from(page);
      mutated[at] = (mutated[at] ?? 0) ^ flip;
      const after = events(mutated);
      if (at < 16) return;
      let end = 16;
      for (const [index, { length }] of entries.entries()) {
        end += length;
        if (end <= at) expect(after[index]).toEqual(before[index]);
      }
    }),
  );
});

it('pages cut anywhere give the records that are whole', () => {
  fc.assert(
    fc.property(records, fc.nat(4096), (some, length) => {
      const page = pageOf(some.map((record) => entry(record)));
      const cut = events(page.subarray(0, length));
      expect(cut).toEqual(events(page).slice(0, cut.length));
    }),
  );
});

it('format files of any text are read or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { id, fields } = parseFormat(`ID: 5\n${text}`);
      expect(id).toBe(5);
      for (const { offset, size } of fields.values()) expect(offset + size).not.toBeNaN();
    }),
  );
});
