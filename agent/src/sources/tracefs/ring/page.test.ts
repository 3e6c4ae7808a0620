import { describe, expect, it } from 'vitest';
import { entry, execBytes, formats, pageOf, signalBytes, signalFormat } from '../testing/pages.ts';
import { eventReader } from './event.ts';
import { parseFields, parseFormat } from './format.ts';
import { pageLayout, readPage } from './page.ts';

const layout = pageLayout(new Map());
const read = eventReader(formats);
const word = (...words: number[]) => Buffer.from(new Uint32Array(words).buffer);

describe('a page of the ring', () => {
  it('gives its records with their times', () => {
    const far = word(30 | (5 << 5), 2);
    const absolute = word(31 | (7 << 5), 3);
    const discarded = word(29 | (1 << 5), 8, 0);
    const page = pageOf([
      entry(signalBytes({ tid: 10 }), 5),
      far,
      entry(signalBytes({ tid: 11 }), 1),
      discarded,
      entry(execBytes(12, `/bin/${'x'.repeat(200)}`)),
      absolute,
      entry(signalBytes({ tid: 13 })),
    ]);
    const { records, missed, whole } = readPage(page, layout, 1);
    const range = 2 ** 27;
    expect(records.map(({ ns }) => ns)).toEqual([
      1005,
      1011 + 2 * range,
      1012 + 2 * range,
      7 + 3 * range,
    ]);
    expect({ missed, whole }).toEqual({ missed: false, whole: true });
    expect(records.map(read)).toMatchObject([
      { kind: 'signal', tid: 10, number: 9, code: 0, target: 2, targetComm: 'victim', group: true },
      { tid: 11 },
      { kind: 'exec', pid: 12, filename: `/bin/${'x'.repeat(200)}` },
      { tid: 13 },
    ]);
  });

  it('says when records before it were lost', () => {
    const { missed, records } = readPage(pageOf([entry(signalBytes({}))], 1n, true), layout, 0);
    expect(missed).toBe(true);
    expect(records).toHaveLength(1);
  });

  it.each([
    ['claims more than it has', pageOf([entry(signalBytes({}))]).subarray(0, 30)],
    ['has an entry that reaches beyond its end', pageOf([entry(signalBytes({})), word(20)])],
    ['has an entry without length', pageOf([entry(signalBytes({})), word(0, 0)])],
  ])('that %s is told, and what came before is kept', (name, page) => {
    const { whole, records } = readPage(page, layout, 0);
    expect(whole).toBe(false);
    expect(records).toHaveLength(name.startsWith('claims') ? 0 : 1);
  });

  it('may be empty', () => {
    expect(readPage(Buffer.alloc(0), layout, 0)).toMatchObject({ records: [], whole: true });
    expect(readPage(pageOf([]), layout, 0)).toMatchObject({ records: [], whole: true });
  });
});

describe('a format file', () => {
  it('tells number and fields', () => {
    const { id, fields } = parseFormat(signalFormat);
    expect(id).toBe(261);
    expect(fields.get('comm')).toEqual({ offset: 20, size: 16, signed: false, located: false });
    expect(fields.get('sig')).toMatchObject({ signed: true });
    expect(formats.get('exec')?.fields.get('filename')).toMatchObject({ located: true });
  });

  it('of the page tells its parts, on 32 bits too', () => {
    const header = `	field: u64 timestamp;	offset:0;	size:8;	signed:0;
	field: local_t commit;	offset:8;	size:4;	signed:1;
	field: int overwrite;	offset:8;	size:1;	signed:1;
	field: char data;	offset:12;	size:4084;	signed:0;
`;
    expect(pageLayout(parseFields(header))).toEqual({ timestamp: 0, commit: 8, data: 12 });
  });

  it('without number is refused', () => {
    expect(() => parseFormat('name: x')).toThrow('without ID');
  });
});

it('a record of another event is passed over', () => {
  const foreign = Buffer.alloc(12);
  foreign.writeUInt16LE(9, 0);
  expect(read({ cpu: 0, ns: 1, bytes: foreign })).toBeNull();
  expect(read({ cpu: 0, ns: 1, bytes: Buffer.alloc(0) })).toBeNull();
});

it('where the kernel does not tell whether the group is dead, that stays open', () => {
  const bytes = Buffer.alloc(32);
  bytes.writeUInt16LE(369, 0);
  expect(read({ cpu: 0, ns: 1, bytes })).toMatchObject({ kind: 'exit', groupDead: null });
});
