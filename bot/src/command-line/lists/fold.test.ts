import { expect, test } from 'vitest';
import { fold, foldColumns } from './fold.ts';

interface Row {
  key: string | null;
  text: string;
}
const row = (key: string | null, text: string): Row => ({ key, text });

test('neighbours that say the same become the first of them, and are counted', () => {
  const rows = [row('a', '1'), row('a', '2'), row('b', '3'), row('a', '4')];
  expect(fold(rows, ({ key }) => key)).toEqual([
    { item: rows[0], count: 2 },
    { item: rows[2], count: 1 },
    { item: rows[3], count: 1 },
  ]);
});

test('what belongs to nothing stays alone', () => {
  const rows = [row(null, '1'), row(null, '2')];
  expect(fold(rows, ({ key }) => key)).toHaveLength(2);
});

test('the last column says how many', () => {
  const [first, last] = foldColumns<Row>([
    { head: 'KEY', of: ({ key }) => key },
    { head: 'TEXT', of: ({ text }) => text },
  ]);
  const paper = { colour: false, width: 80, timezone: 'UTC' };
  const many = { item: row('a', 'was killed'), count: 97 };
  expect(first?.of(many, paper)).toBe('a');
  expect(last?.of(many, paper)).toBe('×97 was killed');
  expect(last?.of({ ...many, count: 1 }, paper)).toBe('was killed');
});
