import { expect, it } from 'vitest';
import type { RawEvent } from '../source.ts';
import { eventId } from './event-id.ts';

const host = { name: 'web-3', bootId: 'boot-1', kernel: '6.1', os: 'Debian' };
const crash: RawEvent = {
  kind: 'crash',
  source: 'kmsg',
  at: '2026-11-23T03:12:07.000Z',
  bootUs: 77,
  pid: 7,
  comm: 'a',
  trap: 'segfault',
};

it('is the same when the same fact is read again, by whichever clock and reader', () => {
  const again: RawEvent = { ...crash, at: '2026-11-23T03:12:09.000Z', backfilled: true };
  expect(eventId(host, again)).toBe(eventId(host, crash));
});

it.each([
  ['another host', { ...host, name: 'web-4' }, crash],
  ['another boot', { ...host, bootId: 'boot-2' }, crash],
  ['another source', host, { ...crash, source: 'log' as const }],
  ['another time', host, { ...crash, bootUs: 78 }],
  ['other content', host, { ...crash, pid: 8 }],
])('differs for %s', (_, itsHost, event) => {
  expect(eventId(itsHost, event)).not.toBe(eventId(host, crash));
});

it('goes by the wall clock where there is no other', () => {
  const { bootUs: _, ...timed } = crash;
  expect(eventId(host, { ...timed, at: null })).not.toBe(eventId(host, timed));
});

it('keeps an identity that the source knows better', () => {
  expect(eventId(host, { ...crash, id: 'known-to-the-source' })).toBe('known-to-the-source');
});
