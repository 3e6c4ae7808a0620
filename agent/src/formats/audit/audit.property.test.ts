import { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAuditParser } from './audit.ts';

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    ...[
      'type=',
      'SYSCALL',
      'ANOM_ABEND',
      'OBJ_PID',
      'EXECVE',
      'PROCTITLE',
      'USER_LOGIN',
      'EOE',
      ' ',
    ],
    ...[
      'msg=audit(',
      '1700000000.123',
      ':1',
      ':2',
      '):',
      "msg='",
      "'",
      '"',
      '\x1d',
      '#035',
      'node=n ',
    ],
    ...[
      'arch=c000003e',
      'syscall=62',
      'a0=64',
      'a1=9',
      'pid=1',
      'opid=-9',
      'comm=',
      'argc=99999999',
    ],
    ...[
      'a0=',
      'proctitle=6100',
      'sig=11',
      'uid=-1',
      'ses=4294967295',
      'res=failed',
      'addr=?',
      '(',
      ')',
    ],
    ...[
      '11/23/2026 03:12:07.123',
      '99/99/9999 99:99:99.999',
      '99999999999.999',
      'serial=',
      '=',
      '[',
      ']',
    ],
  ),
);

it('never throws, and gives only events that the schema takes, whatever the bytes', () => {
  const line = fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join(''));
  const record = fc
    .tuple(
      fc.constantFrom('SYSCALL', 'ANOM_ABEND', 'OBJ_PID', 'EXECVE', 'PROCTITLE', 'USER_LOGIN'),
      line,
    )
    .map(([type, rest]) => `type=${type} msg=audit(1700000000.123:1): ${rest}`);
  fc.assert(
    fc.property(fc.array(fc.oneof(line, record), { maxLength: 8 }), (lines) => {
      const parser = createAuditParser('UTC');
      const events = [...lines.flatMap((text) => parser.line(text)), ...parser.end()];
      for (const event of events) {
        expect(Event.safeParse({ ...event, id: '0'.repeat(32) }).error).toBeUndefined();
      }
    }),
    { numRuns: 2000 },
  );
});

it('reads a damaged record as at most the one event that it was', () => {
  const whole =
    'type=ANOM_ABEND msg=audit(1423234994.398:91): auid=1 uid=48 gid=48 ses=1 pid=31242 comm="httpd" sig=11';
  fc.assert(
    fc.property(fc.nat(whole.length), (length) => {
      const parser = createAuditParser();
      const events = [...parser.line(whole.slice(0, length)), ...parser.end()];
      for (const event of events) {
        if (event.kind === 'abnormal-end') expect(whole).toContain(`comm="${event.comm}`);
      }
      expect(events.length).toBeLessThanOrEqual(1);
    }),
  );
});
