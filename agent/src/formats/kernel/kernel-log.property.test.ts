import { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf } from './kernel-log.fixture.ts';
import { kernelLogParser } from './parser.ts';

const words = fc.constantFrom(
  'Out of memory: ',
  'Killed process ',
  'Kill process ',
  '12 ',
  '(a) ',
  'total-vm:1kB, anon-rss:1kB, file-rss:',
  'oom-kill:constraint=CONSTRAINT_',
  ',task=a,pid=1,uid=',
  '[  pid  ]   uid  tgid total_vm      rss name',
  '[    1]     0     1    99',
  'traps: a[1] trap ',
  'a[1]: segfault at 0 ip ',
  'Kernel panic - not syncing: ',
  'CPU: 0 PID: 1 Comm: a Not tainted 6.1 #1',
  'invoked oom-killer: gfp_mask=0, order=0',
  '\\x0a',
  '#012',
);
const pieces = fc.array(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 12 })), {
  maxLength: 10,
});
const text = pieces.map((parts) => parts.join(''));

describe('the kernel log parser', () => {
  it('takes any text, and says only what the schema allows', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 30 }), (lines) => {
        for (const event of eventsOf(lines.join('\n')))
          expect(Event.safeParse({ ...event, id: 'property-test' }).error).toBeUndefined();
      }),
    );
  });

  it('finds no death in text without the kernel’s words', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 20 }),
        (lines) => {
          const deaths = eventsOf(lines.join('\n')).filter((event) => event.kind === 'oom-kill');
          expect(deaths).toEqual([]);
        },
      ),
    );
  });

  it('names the same victim, whatever the victim is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 15 }), (comm) => {
        fc.pre(!/#[0-3][0-7][0-7]|#177|\\x[0-9a-f]{2}/.test(comm));
        const parser = kernelLogParser();
        const line = `Out of memory: Killed process 4242 (${comm}) total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:4kB, UID:5 pgtables:6kB oom_score_adj:7`;
        const events = [...parser.push({ text: line, at: null, facility: 0 }), ...parser.flush()];
        expect(events).toMatchObject([
          {
            kind: 'oom-kill',
            pid: 4242,
            comm,
            totalVmKb: 1,
            shmemRssKb: 4,
            uid: 5,
            oomScoreAdj: 7,
          },
        ]);
        expect(events).toHaveLength(1);
      }),
    );
  });
});
