import { expect, it } from 'vitest';
import { parseKmsgRecord } from './record.ts';

it('reads a record of the kernel', () => {
  expect(
    parseKmsgRecord('4,1234,5140900,-,caller=T77;a[1]: segfault at 0; rest\n SUBSYSTEM=pci\n'),
  ).toEqual({
    facility: 0,
    seq: 1234,
    logUs: 5140900,
    text: 'a[1]: segfault at 0; rest',
    caller: 'T77',
  });
});

it('tells what user space wrote', () => {
  expect(parseKmsgRecord('12,7,99,-;Killed process 1 (x)\n')?.facility).toBe(1);
});

it.each(['', 'hello', '1,2;x', 'a,b,c,-;x'])('%j is no record', (bytes) => {
  expect(parseKmsgRecord(bytes)).toBeNull();
});
