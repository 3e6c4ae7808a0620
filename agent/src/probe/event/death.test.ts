import { deathId } from '@coroner/schema/identity';
import { expect, it } from 'vitest';
import { decodeRecord } from '../record/decode.ts';
import { signalFlag } from '../record/layout.ts';
import type { DeathRecord } from '../record/record.ts';
import { addSignal, deathBytes } from '../testing/bytes.ts';
import { bootClock } from './clock.ts';
import { toDeathEvent, toExit } from './death.ts';

const context = {
  host: 'web-3',
  bootId: 'boot',
  clock: bootClock(),
  actors: () => null,
  commandLines: () => null,
};

it.each([
  [0, { code: 0, signal: null, coreDumped: false }],
  [0x2a00, { code: 42, signal: null, coreDumped: false }],
  [9, { code: null, signal: 'SIGKILL', coreDumped: false }],
  [0x86, { code: null, signal: 'SIGABRT', coreDumped: true }],
])('wait status %i', (status, exit) => {
  expect(toExit(status)).toEqual(exit);
});

it('has the identity of its process as its id, and its lifetime', () => {
  const bytes = deathBytes({ pid: 42, startNs: 1_000_999n }, 3_000_000n);
  const death = toDeathEvent(decodeRecord(bytes) as DeathRecord, context);
  expect(death.id).toBe(deathId('web-3', 'boot', 42, 1000));
  expect(death.lifetimeMs).toBe(2);
});

it('accuses nobody of a signal whose running task means nothing', () => {
  const bytes = addSignal(deathBytes({}), 0, { number: 14, info: 1, flags: signalFlag.nobody });
  const death = toDeathEvent(decodeRecord(bytes) as DeathRecord, {
    ...context,
    actors: () => {
      throw new Error('asked for an actor');
    },
  });
  expect(death.signals[0]).toMatchObject({ info: 'kernel', code: null, current: null });
});

it('gives a fault address for faults only', () => {
  const bytes = deathBytes({});
  addSignal(bytes, 0, { number: 11, code: 1, firstNs: 1n });
  addSignal(bytes, 1, { number: 11, code: 0, firstNs: 2_000n });
  const death = toDeathEvent(decodeRecord(bytes) as DeathRecord, context);
  expect(death.signals.map(({ address }) => address)).toEqual(['0', null]);
});
