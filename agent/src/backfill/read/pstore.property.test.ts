import { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventsOf, linesOf } from './pstore.ts';

const atMs = Date.UTC(2026, 10, 23);
const start = fc.constantFrom(
  '<4>[   12.345678] ',
  '<12>[   12.345678] ',
  '<4>[   12.345678][  T77] ',
  '',
);
const words = fc.constantFrom(
  'Kernel panic - not syncing: ',
  'CPU: 0 PID: 1 Comm: a Not tainted 6.1 #1',
  'Out of memory: Killed process 5 (a) total-vm:1kB, anon-rss:2kB, file-rss:3kB',
  'a[5]: segfault at 0 ip 0 sp 0 error 4',
);
const line = fc
  .tuple(
    start,
    fc.array(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 4 }),
  )
  .map(([before, parts]) => before + parts.join(''));

it('takes any dump, and says only what the schema allows', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      for (const event of eventsOf({ lines: linesOf(lines.join('\n')), atMs }))
        expect(Event.safeParse({ ...event, id: 'property-test' }).error?.issues).toBeUndefined();
    }),
  );
});

it('makes no death of what user space wrote into the ring', () => {
  const written = fc.array(fc.array(words, { maxLength: 4 }), { maxLength: 20 });
  fc.assert(
    fc.property(written, (messages) => {
      const text = messages
        .map((parts) => `<12>[   12.345678] ${parts.join('').trim()}`)
        .join('\n');
      expect(eventsOf({ lines: linesOf(text), atMs })).toEqual([]);
    }),
  );
});
