import { expect, test } from 'vitest';
import { hashOf, newTokenText, readTokenText, sameHash } from './token-text.ts';

test('a new token is read again, by its id and the hash of its secret alone', () => {
  const made = newTokenText();
  expect(readTokenText(made.text)).toEqual({ id: made.id, secretHash: made.secretHash });
  expect(made.secretHash).not.toContain(made.text.split('_').slice(2).join('_'));
  expect(newTokenText().text).not.toBe(made.text);
});

test.each([
  ...['', 'coroner', 'coroner__', 'secret-of-the-environment'],
  `coroner_${'g'.repeat(16)}_${'a'.repeat(43)}`,
  `coroner_${'a'.repeat(16)}_${'a'.repeat(42)}`,
  `coroner_${'a'.repeat(16)}_${'a'.repeat(43)}\n`,
  ` coroner_${'a'.repeat(16)}_${'a'.repeat(43)}`,
])('%j is no token', (text) => {
  expect(readTokenText(text)).toBeNull();
});

test('hashes are equal only whole', () => {
  expect(sameHash(hashOf('a'), hashOf('a'))).toBe(true);
  expect(sameHash(hashOf('a'), hashOf('b'))).toBe(false);
  expect(sameHash(hashOf('a'), '')).toBe(false);
});
