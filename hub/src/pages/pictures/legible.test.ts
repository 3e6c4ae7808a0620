import { expect, test } from 'vitest';
import { legible } from './legible.ts';
import { asPicture } from './picture.ts';

test.each([
  ['nginx: 50 % – “größer” Ω Ж', 'nginx: 50 % – “größer” Ω Ж'],
  ['e\u0301 ∗ … → ×', 'e\u0301 ∗ … → ×'],
  ['数据-worker', '\\u{6570}\\u{636e}-worker'],
  ['カナ 한 ไทย', '\\u{30ab}\\u{30ca} \\u{d55c} \\u{e44}\\u{e17}\\u{e22}'],
  ['🦀\ud800', '\\u{1f980}\\u{d800}'],
])('%j is drawn as %j', (text, drawn) => {
  expect(legible(text)).toBe(drawn);
});

test('a picture names what it cannot draw, in its title and its legend', () => {
  const series = ['数据', 'other'].map((name) => ({ name, values: [1, 2] }));
  const chart = { ...{ label: '', kind: 'memory', times: [0, 1], series, unit: 'MiB' }, top: 2 };
  const drawn = { chart, height: 100, drawing: '' } as unknown as Parameters<typeof asPicture>[0];
  const svg = asPicture(drawn, 'Memory before 数据 died');
  expect(svg).toContain('Memory before \\u{6570}\\u{636e} died');
  expect(svg).toMatch(/>\\u\{6570\}\\u\{636e\}<\/text>/);
});
