import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cleanFileMappings } from './clean-mappings.ts';

function mapping(head: string, rss: number, anonymous: number | null): string {
  return [
    head,
    'Size:              28804 kB',
    'KernelPageSize:        4 kB',
    `Rss:  ${String(rss).padStart(15)} kB`,
    'Private_Dirty:         0 kB',
    ...(anonymous === null ? [] : [`Anonymous: ${String(anonymous).padStart(11)} kB`]),
    'VmFlags: rd ex mr mw me',
  ].join('\n');
}
const text = '00b72000-025fd000 r-xp 00772000 fe:00 1234   /usr/bin/node';
const range = { from: 0xb72000n, to: 0x25fd000n };

it('takes the text of a program and what it only reads', () => {
  const constants = '02601000-0563a000 r--p 02201000 fe:00 1234   /opt/a b/node (deleted)';
  const smaps = `${mapping(text, 20_000, 0)}\n${mapping(constants, 13_000, 0)}\n`;
  expect(cleanFileMappings(smaps)).toEqual([range, { from: 0x2601000n, to: 0x563a000n }]);
});

it.each([
  ['that may be written', mapping(text.replace('r-xp', 'rw-p'), 20_000, 0)],
  ['that were written once (relocations)', mapping(text, 20_000, 8)],
  ['that are shared', mapping(text.replace('r-xp', 'r--s'), 20_000, 0)],
  ['of no file', mapping('7f00-7f90 r-xp 00000000 00:00 0 ', 20_000, 0)],
  ['of the kernel', mapping('7f00-7f90 r-xp 00000000 00:00 0   [vdso]', 20_000, 0)],
  ['that are hardly there', mapping(text, 8, 0)],
  ['of which the kernel does not say whether they were written', mapping(text, 20_000, null)],
])('leaves mappings %s', (_, smaps) => {
  expect(cleanFileMappings(`${smaps}\n`)).toEqual([]);
  // What stands between does not make it one.
  expect(cleanFileMappings(`${smaps}\n${mapping(text, 20_000, 0)}\n`)).toEqual([range]);
});

it('finds the program that runs this', () => {
  expect(cleanFileMappings(readFileSync('/proc/self/smaps', 'latin1')).length).toBeGreaterThan(0);
});
