import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32, portableCrc32 } from './crc32.ts';

it('knows the check value of the standard', () => {
  expect(portableCrc32(Buffer.from('123456789'))).toBe(0xcbf43926);
});

it('gives the same with and without the help of zlib', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(portableCrc32(bytes)).toBe(crc32(bytes));
    }),
  );
});
