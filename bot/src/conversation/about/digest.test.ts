import { expect, it } from 'vitest';
import { digestSpan } from './digest.ts';

it.each([
  ['digest', 'day'],
  ['Digest!', 'day'],
  ['daily digest', 'day'],
  ['digest week', 'week'],
  ['show me the weekly digest', 'week'],
  ['digest of the week', 'week'],
  ['日报', 'day'],
  ['周报！', 'week'],
])('"%s" asks for the digest of a %s', (text, span) => {
  expect(digestSpan(text)).toBe(span);
});

it.each(['why did digest die?', 'who killed digest on web-3', 'digest-worker week', ''])(
  '"%s" does not',
  (text) => {
    expect(digestSpan(text)).toBeNull();
  },
);
