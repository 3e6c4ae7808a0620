import { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logParser } from './log-parser.ts';

const now = new Date('2026-03-10T12:00:00Z');
const starts = fc.constantFrom(
  '',
  '[   12.345678] ',
  '[Di Aug 12 11:37:41 2014] ',
  'Feb  6 11:37:41 host kernel: ',
  'Feb  6 11:37:41 host app[7]: ',
  'Feb  6 11:37:41 host sshd[7]: ',
  'Feb  6 11:37:41 host sudo: ',
  'Feb  6 11:37:41 host systemd[1]: ',
  'Feb  6 11:37:41 host earlyoom[1]: ',
  'Feb  6 11:37:41 host audispd: ',
  'Feb  6 11:37:41 host supervisord[1]: ',
  '2025-07-05T12:18:53.958748844Z stderr F ',
  '{"log":"',
  'kern.log:12:',
  'Feb  6 11:37:41 host CRON[1]: ',
  '2015-02-05T11:37:41.123456+01:00 host ',
  '<13>1 2015-02-05T11:37:41Z host app - - - ',
  '6,1234,12345678,-;',
  'апр 28 11:37:41 ',
);
const words = fc.constantFrom(
  'Killed process 5 (a) total-vm:1kB, anon-rss:2kB, file-rss:3kB',
  'Accepted password for root from ',
  'session opened for user ',
  'Main process exited, code=killed, status=',
  'nginx.service: ',
  '(root) CMD (',
  ' : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=',
  'sending SIGTERM to process 5 uid 5 "',
  'Process 5 (a) of user 0 dumped core.',
  'kernel: ',
  'LOG:  server process (PID 5) was terminated by signal 9: Killed',
  'worker process 5 exited on signal 11',
  'child pid 5 exit signal Segmentation fault (11)',
  'DAMN ! worker 1 (pid: 5) died, killed by signal 9 :(',
  'INFO exited: a (terminated by SIGKILL; not expected)',
  'a[5]: segfault at 0 ip 0 sp 0 error 4',
  'audit: type=1701 audit(1700000000.1:5): pid=5 comm="a" sig=11',
  'type=SYSCALL msg=audit(1700000000.1:5): arch=c000003e syscall=62 a0=5 a1=9 pid=6 comm="a"',
  '{"log":"',
  'line 3: 5 Killed   a',
  'Child (5) died signal=6',
  'App [a:0] exited with code [0] via signal [SIGKILL]',
  'reaped #<Process::Status: pid 5 SIGKILL (signal 9)> worker=0',
  'Current worker (5) exited with code 137 (Killed)',
  'warning: process /usr/sbin/a pid 5 killed by signal 9',
  'Error: service(a): child 5 killed with signal 9',
  'oomd kill: 1.00 1.00 1.00 a.slice 5 ruleset:[a] detectorgroup:[b] killer:c v2',
  'container kill 0123456789ab (name=a)',
  '\u001b[0m',
);
const line = fc
  .tuple(
    starts,
    fc.array(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 5 }),
  )
  .map(([start, rest]) => start + rest.join(''));

function eventsOf(lines: readonly string[]) {
  const parser = logParser({ now, timeZone: 'UTC' });
  return [...lines.flatMap((text) => parser.push(text)), ...parser.flush()];
}

describe('the log parser', () => {
  it('takes any line, and says only what the schema allows', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        for (const event of eventsOf(lines))
          expect(Event.safeParse({ ...event, id: 'property-test' }).error).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('invents no death from what a program writes', () => {
    const hostile = fc.array(fc.oneof(words, fc.string({ maxLength: 20 })), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 10 }), (messages) => {
        const lines = messages.map(
          (parts) => `Feb  6 11:37:41 host app[7]: ${parts.join('').replaceAll('\n', ' ')}`,
        );
        const kinds = eventsOf(lines).map((event) => event.kind);
        expect(
          kinds.filter((kind) =>
            /oom|crash|core|panic|sysrq|memory|reported|kill|abnormal/.test(kind),
          ),
        ).toEqual([]);
      }),
    );
  });
});
