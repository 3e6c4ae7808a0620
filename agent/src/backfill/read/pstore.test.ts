import { expect, it } from 'vitest';
import { eventsOf, linesOf } from './pstore.ts';

const dump = `Panic#1 Part1
<4>[  100.000000] php[41]: segfault at 0 ip 0000555555555131 sp 00007ffe error 4 in php8[1000+2000]
<14>[  101.000000] php[43]: segfault at 0 ip 0000555555555131 sp 00007ffe error 4 in php8[1000+2000]
<0>[  110.000000] Kernel panic - not syncing: Fatal exception
torn <4>[
`;

it('dates the lines of a dump by its last, and takes the word of the kernel alone', () => {
  const atMs = Date.UTC(2026, 10, 22, 3, 12, 7);
  const events = eventsOf({ lines: linesOf(dump).reverse(), atMs });
  expect(events).toMatchObject([
    { kind: 'crash', source: 'pstore', pid: 41, at: '2026-11-22T03:11:57.000Z' },
    { kind: 'kernel-panic', at: '2026-11-22T03:12:07.000Z' },
  ]);
});
