import { expect, test } from 'vitest';
import { cursorAfter, nextCursor, readCursor, readPosition } from './cursor.ts';

test('a cursor comes back as it went', () => {
  const at = '2026-08-01T03:00:00.123456Z';
  expect(readPosition(cursorAfter(at, 'id-1'))).toEqual({ at, id: 'id-1' });
  expect(readCursor(cursorAfter('web-3'), 1)).toEqual(['web-3']);
});

test.each([
  '',
  '{}',
  'x',
  cursorAfter('one'),
  cursorAfter('yesterday', 'x'),
  cursorAfter('2026-99-99T00:00:00Z', 'x'),
  cursorAfter('2026-08-01T00:00:00Z', '\0'),
])('%s is none of ours', (cursor) => {
  expect(readPosition(cursor)).toBeNull();
});

test('only a full page has a next one', () => {
  expect(nextCursor(['a', 'b'], 3, (row) => [row])).toBeNull();
  expect(readCursor(nextCursor(['a', 'b'], 2, (row) => [row]) ?? '', 1)).toEqual(['b']);
});
