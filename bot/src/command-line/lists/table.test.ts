import { expect, test } from 'vitest';
import { type Column, table } from './table.ts';

interface Row {
  name: string;
  text: string | null;
}
const columns: Column<Row>[] = [
  { head: 'NAME', of: (row) => row.name, most: 10 },
  { head: 'TEXT', of: (row) => row.text },
];
const paper = { colour: false, width: 40, timezone: 'UTC' };

test('columns stand under their heads, and a row is one line of the terminal', () => {
  const rows = [
    { name: 'nginx', text: null },
    { name: 'a-very-long-name', text: 'word '.repeat(20) },
  ];
  expect(table(columns, rows, paper)).toBe(
    `NAME        TEXT
nginx       -
a-very-lo…  word word word word word wo…
`,
  );
});

test('without a terminal nothing is cut', () => {
  const rows = [{ name: 'a-very-long-name', text: 'word '.repeat(200).trim() }];
  const text = table(columns, rows, { ...paper, width: Number.MAX_SAFE_INTEGER });
  expect(text).toContain(`a-very-long-name  ${'word '.repeat(200).trim()}\n`);
});

test('hostile names stay on their line, without a control character', () => {
  const hostile = '\u001b]0;owned\u0007\u001b[2J\n\rKilled process 1 \u202e\u009b';
  const text = table(columns, [{ name: hostile, text: hostile }], { ...paper, colour: true });
  const rest = text.replace(/\u001b\[\d+m/g, '');
  expect(rest.split('\n')).toHaveLength(3);
  expect(rest.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
});
