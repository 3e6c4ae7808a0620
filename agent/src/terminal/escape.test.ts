import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escaped } from './escape.ts';

it.each([
  ['plain "text" <!channel> 中文', 'plain "text" <!channel> 中文'],
  ['\u001b[2J\u001b]0;title\u0007', '\\u{1b}[2J\\u{1b}]0;title\\u{7}'],
  ['two\nlines\r\t', 'two\\nlines\\r\\t'],
  ['C1: \u009b31m', 'C1: \\u{9b}31m'],
  ['reordered \u202e gpj', 'reordered \\u{202e} gpj'],
  ['zero\u200bwidth \ud800', 'zero\\u{200b}width \\u{d800}'],
])('%j', (text, expected) => {
  expect(escaped(text)).toBe(expected);
});

it('leaves nothing behind that a terminal obeys', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escaped(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }),
  );
});
