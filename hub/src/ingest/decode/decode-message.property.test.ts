import { eventSubject, heartbeatSubject } from '@coroner/schema/wire/subjects';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { oldBatch } from './batch.fixture.ts';
import { decode } from './decode-message.ts';

const receivedAt = '2026-11-23T03:12:07.000000Z';
const host = oldBatch.host;
const subject = eventSubject(host);
const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const decoded = (data: Uint8Array, of = subject) => decode({ subject: of, data, receivedAt });
const idsOf = (data: Uint8Array): string[] => decoded(data).rows.map(({ id }) => id);

it('a batch of an agent is taken as a whole', () => {
  const { rows, rejects } = decoded(bytesOf(oldBatch));
  expect(rejects).toEqual([]);
  expect(rows.map(({ id }) => id)).toEqual(oldBatch.events.map(({ id }) => id));
});

it('any bytes under any subject are put aside, never thrown, never taken for an event', () => {
  const subjects = fc.oneof(fc.string(), fc.constantFrom(subject, heartbeatSubject(host)));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), subjects, (bytes, of) => {
      const { rows, heartbeats, rejects } = decoded(bytes, of);
      expect([rows, heartbeats]).toEqual([[], []]);
      expect(rejects).toHaveLength(1);
    }),
  );
});

it('a batch with any of its bytes changed is put aside, or its events are what they say', () => {
  const whole = Buffer.from(bytesOf(oldBatch));
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(changes, (bytesAt) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of bytesAt) bytes[at] = value;
      const { rows, rejects } = decoded(bytes);
      expect(rows.every((row) => row.host === host)).toBe(true);
      expect(rows.length + rejects.length).toBeGreaterThan(0);
      expect(rows.length).toBeLessThanOrEqual(oldBatch.events.length);
    }),
  );
});

it('an event that makes no sense leaves its neighbours as they are', () => {
  const sound = idsOf(bytesOf(oldBatch));
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(oldBatch.events.length), (junk, at) => {
      const events: unknown[] = oldBatch.events.toSpliced(at, 0, junk as never);
      const { rows, rejects } = decoded(bytesOf({ ...oldBatch, events }));
      expect(rows.map(({ id }) => id)).toEqual(sound);
      expect(rejects).toHaveLength(1);
    }),
  );
});
