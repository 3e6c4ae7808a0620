import { expect, it } from 'vitest';
import type { ActorRecord, ProcRecord } from '../record/record.ts';
import { actorBook } from './actors.ts';
import { boundedCache } from './bounded-cache.ts';
import { bootClock } from './clock.ts';

const ancestor = { id: 'k', pid: 9, startUs: 12_345_678, uid: 0, comm: 'sh' };
const proc = (startUs: number, seeded: boolean): ProcRecord => ({
  startUs,
  execId: 1,
  seeded,
  argv: ['sh'],
});
const bookWith = (found: ProcRecord | null) =>
  actorBook({ actor: (): ActorRecord | null => null, proc: () => found }, bootClock());

it('a command line belongs to the process of the same start, not to one of the same pid', () => {
  expect(bookWith(proc(12_345_678, false)).commandLine(ancestor)).toEqual(['sh']);
  expect(bookWith(proc(12_345_679, false)).commandLine(ancestor)).toBeNull();
  expect(bookWith(null).commandLine(ancestor)).toBeNull();
});

it('one that was read from /proc is compared by the clock tick', () => {
  expect(bookWith(proc(12_340_000, true)).commandLine(ancestor)).toEqual(['sh']);
  expect(bookWith(proc(12_350_000, true)).commandLine(ancestor)).toBeNull();
});

it('the cache forgets what was used longest ago', () => {
  const cache = boundedCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
});
