import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseKmsgRecord } from './record.ts';

const flags = fc.constantFrom('-', 'c', '-,caller=T77', 'c,caller=C1', '+,caller=T5,x=y');
const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' '));

it('gives back what the kernel put together', () => {
  fc.assert(
    fc.property(
      ...[fc.nat(191), fc.nat(), fc.nat(), flags, line, fc.array(line)],
      (priority, seq, logUs, flag, text, dictionary) => {
        const bytes = `${priority},${seq},${logUs},${flag};${text}\n${dictionary.map((one) => ` ${one}\n`).join('')}`;
        expect(parseKmsgRecord(bytes)).toMatchObject({ facility: priority >> 3, seq, logUs, text });
      },
    ),
  );
});

it('takes any bytes, and gives numbers or nothing', () => {
  const pieces = fc.constantFrom('6,', '9'.repeat(30), ',', ';', '-', '\n');
  const any = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 8 })));
  fc.assert(
    fc.property(any, (parts) => {
      const record = parseKmsgRecord(parts.join(''));
      if (record)
        expect([record.facility, record.seq, record.logUs].every(Number.isFinite)).toBe(true);
    }),
  );
});
