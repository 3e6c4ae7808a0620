import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import { statusTable } from './table.ts';

const plain = picocolors.createColors(false);
const statuses = [
  { source: 'probe', state: 'available', why: 'kernel 6.18 with BTF' },
  { source: 'audit', state: 'missing', why: 'no\u001b[2J log', enable: 'apt-get install auditd' },
] as const;

it('has a row each, the way to get what is missing, and how many there are of each', () => {
  expect(statusTable(statuses, null, plain)).toEqual([
    'SOURCE        STATE      WHY',
    'probe         available  kernel 6.18 with BTF',
    'audit         missing    no\\u{1b}[2J log',
    '                         → apt-get install auditd',
    '',
    '1 available, 1 missing',
  ]);
});

it('breaks at the width of the terminal, below its column', () => {
  const lines = statusTable(statuses, 43, plain);
  expect(lines).toContain('                         → apt-get install');
  expect(lines).toContain('                           auditd');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(46);
});
