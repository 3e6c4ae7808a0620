import { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { deaths, joined, readBytes, said } from './read.fixture.ts';
import { samples } from './samples.fixture.ts';

const numRuns = 60;
const id = 'property-test';

/** What a byte-level mutator does to a file: sets, cuts, repeats, inserts. */
const mutation = fc.record({
  at: fc.nat(4_000),
  how: fc.constantFrom('set', 'cut', 'repeat', 'insert'),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 24 }),
});

function mutated(bytes: Buffer, { at, how, bytes: fresh }: MutationOf): Buffer {
  const from = at % (bytes.length + 1);
  const to = Math.min(bytes.length, from + fresh.length);
  const middle = {
    set: Buffer.from(fresh).subarray(0, to - from),
    cut: Buffer.alloc(0),
    repeat: Buffer.concat([bytes.subarray(from, to), bytes.subarray(from, to)]),
    insert: Buffer.concat([Buffer.from(fresh), bytes.subarray(from, to)]),
  }[how];
  return Buffer.concat([bytes.subarray(0, from), middle, bytes.subarray(to)]);
}
type MutationOf =
  typeof mutation extends fc.Arbitrary<infer Value>
    ? Value & { how: 'set' | 'cut' | 'repeat' | 'insert' }
    : never;

function allowed(events: readonly RawEvent[] | null): void {
  for (const event of events ?? [])
    expect(Event.safeParse({ ...event, id }).error?.issues).toBeUndefined();
}

beforeAll(() => {
  // A crontab's reader says there which lines cron would not take.
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

describe.each(Object.entries(samples))('%s', (name, sample) => {
  const { format = name } = sample;
  const whole = joined(sample.parts, sample);

  it('says what stands in a sound file, however it comes in', async () => {
    const events = await readBytes(format, whole, sample.file, whole.length);
    expect(events?.length).toBeGreaterThanOrEqual(sample.parts.length - 1);
    expect(await readBytes(format, whole, sample.file, 1)).toEqual(events);
    allowed(events);
  });

  it('takes any bytes, and makes no death of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 1_500 }), async (bytes) => {
        const events = await readBytes(format, Buffer.from(bytes), sample.file);
        allowed(events);
        expect(deaths(events ?? [])).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('takes a file with any of its bytes changed, and tells of no more deaths', async () => {
    const most = deaths((await readBytes(format, whole, sample.file)) ?? []).length;
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        const bytes = mutations.reduce((so, each) => mutated(so, each as MutationOf), whole);
        const events = await readBytes(format, bytes, sample.file);
        allowed(events);
        expect(deaths(events ?? []).length).toBeLessThanOrEqual(most);
      }),
      { numRuns },
    );
  });

  it('a part that is damaged changes none of its neighbours', async () => {
    const alone = await Promise.all(
      sample.parts.map(async (_, lost) => {
        const others = sample.parts.filter((__, index) => index !== lost);
        return ((await readBytes(format, joined(others, sample), sample.file)) ?? []).map(said);
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(sample.parts.length - 1),
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        async (lost, junk) => {
          const parts = sample.parts.map((part, index) =>
            index === lost ? damaged(part, junk, sample.separator) : part,
          );
          const events = await readBytes(format, joined(parts, sample), sample.file);
          expect((events ?? []).map(said)).toEqual(expect.arrayContaining(alone[lost] ?? []));
        },
      ),
      { numRuns },
    );
  });
});

/** Of the same size where parts have no separator; else one line that is no comment, nor continued. */
function damaged(part: Buffer, junk: Uint8Array, separator: string): Buffer {
  if (separator === '') {
    const copy = Buffer.from(part);
    for (const [index, byte] of junk.entries()) copy[(index * 7 + byte) % copy.length] = byte;
    return copy;
  }
  const line = Buffer.from(junk).filter((byte) => byte >= 0x20 && byte !== 0x5c);
  return Buffer.concat([Buffer.from('?'), Buffer.from(line)]);
}
