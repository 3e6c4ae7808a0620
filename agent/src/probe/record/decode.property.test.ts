import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addSignal, deathBytes } from '../testing/bytes.ts';
import { decodeCounters } from './counters.ts';
import { decodeActor, decodeRecord } from './decode.ts';
import { layout, recordKind } from './layout.ts';
import { decodeMiss } from './miss.ts';
import { decodeProc } from './process.ts';

const bytesOf = (size: number) =>
  fc.uint8Array({ minLength: size, maxLength: size }).map((bytes) => Buffer.from(bytes));

it('a value of `procs` of any bytes is refused or has an argv', () => {
  fc.assert(
    fc.property(bytesOf(layout.proc.size), fc.nat(1100), (value, length) => {
      value.writeUInt16LE(length, layout.proc.argvLen);
      const proc = decodeProc(value);
      expect(proc === null).toBe(length > 1024);
      expect(proc?.startUs ?? 0).toBeGreaterThanOrEqual(0);
    }),
  );
});

it('a near miss of any bytes has whole numbers, and names that end at a NUL', () => {
  fc.assert(
    fc.property(bytesOf(layout.missKey.size), bytesOf(layout.miss.size), (key, value) => {
      const { count, sender, target } = decodeMiss(key, value);
      for (const number of [count, target.pid, target.startUs, sender?.pid ?? 0])
        expect(Number.isSafeInteger(number)).toBe(true);
      expect(target.comm).not.toContain('\0');
    }),
  );
});

it('counters of any bytes and any number of CPUs add up to numbers', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5 * layout.counters.size }), (values) => {
      for (const number of Object.values(decodeCounters(Buffer.from(values))))
        expect(number).toBeGreaterThanOrEqual(0);
    }),
  );
});

it('an actor of any bytes is refused or decoded', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: layout.actor.size }), (bytes) => {
      const record = Buffer.from(bytes);
      if (record.length >= layout.head.size)
        record.writeUInt32LE(recordKind.actor, layout.head.kind);
      const actor = decodeActor(record);
      expect(actor === null || actor.process.ancestors.length <= 12).toBe(true);
    }),
  );
});

/** Both lie in one buffer, as records do in the ring. */
it('a record that is damaged changes none beside it', () => {
  const sound = addSignal(deathBytes({ pid: 7, argv: 'app\0', cgroup: 'a\0', exe: 'x\0' }), 0, {
    number: 9,
  });
  const expected = decodeRecord(Buffer.from(sound));
  const changes = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 64 });
  fc.assert(
    fc.property(changes, (bytesAt) => {
      const ring = Buffer.concat([sound, sound, sound]);
      const middle = ring.subarray(sound.length, 2 * sound.length);
      for (const [at, value] of bytesAt) middle[at] = value;
      decodeRecord(middle);
      expect(decodeRecord(ring.subarray(0, sound.length))).toEqual(expected);
      expect(decodeRecord(ring.subarray(2 * sound.length))).toEqual(expected);
      expect(ring.subarray(0, sound.length).equals(sound)).toBe(true);
    }),
  );
});
