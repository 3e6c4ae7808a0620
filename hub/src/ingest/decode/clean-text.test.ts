import { expect, test } from 'vitest';
import { parseMessage } from './clean-text.ts';

const parse = (text: string) => parseMessage(Buffer.from(text));

test('NULs become visible, lone surrogates the replacement character, pairs stay', () => {
  expect(parse('{"a\\u0000": ["x\\u0000y", "\\ud800", "\\ud83d\\ude00", 1, null]}')).toEqual({
    'a\u2400': ['x\u2400y', '\ufffd', '\u{1f600}', 1, null],
  });
});

test('an escaped backslash before u0000 is no NUL', () => {
  expect(parse('"\\\\u0000"')).toBe('\\u0000');
});

test('invalid UTF-8 is no reason to lose a message', () => {
  expect(parseMessage(Buffer.from([0x22, 0xff, 0x41, 0x22]))).toBe('\ufffdA');
});

test('what is no JSON throws', () => {
  expect(() => parse('{"a": \0}')).toThrow(SyntaxError);
});
