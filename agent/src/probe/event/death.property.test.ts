import { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeRecord } from '../record/decode.ts';
import { layout, recordKind } from '../record/layout.ts';
import { addSignal, deathBytes } from '../testing/bytes.ts';
import { bootClock } from './clock.ts';
import { type DeathContext, toDeathEvent } from './death.ts';

const context: DeathContext = {
  host: 'web-3',
  bootId: 'boot',
  clock: bootClock(),
  actors: () => null,
  commandLines: () => null,
};

/** Decodes; a death that comes of it must be an event of the schema. */
function check(bytes: Buffer): void {
  const record = decodeRecord(bytes);
  if (record?.kind !== 'death') return;
  const result = Event.safeParse(toDeathEvent(record, context));
  expect(result.error?.issues).toBeUndefined();
}

const kinds = fc.constantFrom(recordKind.actor, recordKind.death, 0, 7);

it('any bytes are refused or make an event of the schema', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: layout.death.size }), kinds, (random, kind) => {
      const bytes = Buffer.from(random);
      if (bytes.length >= layout.head.size) bytes.writeUInt32LE(kind, layout.head.kind);
      check(bytes);
    }),
  );
});

it('a record with any of its bytes changed is refused or makes an event of the schema', () => {
  const changes = fc.array(fc.tuple(fc.nat(layout.death.tail + 40), fc.nat(255)), {
    maxLength: 64,
  });
  fc.assert(
    fc.property(changes, fc.string({ unit: 'binary', maxLength: 200 }), (bytesAt, argv) => {
      const record = addSignal(deathBytes({ pid: 7, argv, cgroup: 'a\0b\0', exe: 'x\0' }), 0, {
        number: 11,
        code: 1,
      });
      for (const [at, value] of bytesAt) if (at < record.length) record[at] = value;
      record.writeUInt32LE(recordKind.death, layout.head.kind);
      check(record);
    }),
  );
});

it('a record filled with ones is within the schema', () => {
  const record = Buffer.alloc(layout.death.size, 0xff);
  record.writeUInt32LE(recordKind.death, layout.head.kind);
  for (const length of [layout.process.exeLen, layout.process.cgroupLen, layout.process.argvLen])
    record.writeUInt16LE(0, layout.death.process + length);
  check(record);
});
