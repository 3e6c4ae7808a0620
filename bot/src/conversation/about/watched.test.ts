import { knownCounts } from '@coroner/schema/compared';
import { expect, it } from 'vitest';
import { plainWords } from '../../terminal/plain-words.ts';
import { unwatchedWords } from './watched.ts';

const at = (hour: number) => `2026-11-20T${String(hour).padStart(2, '0')}:00:00.000Z`;
const said = (now: object | undefined, before: object | undefined): string | null => {
  const words = unwatchedWords({
    period: { since: at(6), until: at(12), ...(now && { watched: now }) },
    before: { since: at(0), until: at(6), ...(before && { watched: before }) },
  } as Parameters<typeof unwatchedWords>[0]);
  return words && plainWords(words, { code: (text) => text, timezone: 'UTC' });
};
const all = { share: 1, hosts: 3, throughout: 3 };

it('says nothing where all was watched, or an older hub does not know', () => {
  expect(said(all, all)).toBeNull();
  expect(said(undefined, undefined)).toBeNull();
});

it('says what is not known where nobody watched', () => {
  expect(said(all, { share: 0, hosts: 3, throughout: 0 })).toBe(
    'Nobody watched from 2026-11-20 00:00:00 UTC to 2026-11-20 06:00:00 UTC: what is new, or more than before, is not known.',
  );
});

it('says of which hosts alone it speaks, and never rounds up to all or down to nothing', () => {
  expect(said({ share: 0.999, hosts: 3, throughout: 2 }, all)).toBe(
    'From 2026-11-20 06:00:00 UTC to 2026-11-20 12:00:00 UTC 99 % of the time was watched (2 of 3 hosts throughout): what is gone, or fewer than before, is said of those alone.',
  );
  expect(said(all, { share: 0.001, hosts: 3, throughout: 0 })).toContain(' 1 % ');
});

it('a count of a time that nobody watched is not zero', () => {
  const row = { by: 'program' as const, name: 'nginx', change: 4, state: 'not-known' as const };
  expect(knownCounts({ ...row, count: 4, before: 0, unwatched: 'before' })).toEqual({
    ...{ now: '4', before: '?' },
  });
  expect(knownCounts({ ...row, count: 0, before: 2, unwatched: 'both' })).toEqual({
    ...{ now: '?', before: '2 known' },
  });
  expect(knownCounts({ ...row, count: 4, before: 0, unwatched: 'before', state: 'new' })).toEqual({
    ...{ now: '4', before: '0' },
  });
});
