import { Event } from '@coroner/schema/event/event';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { journalParser } from './journal-parser.ts';
import { jsonRecords } from './record/json-records.ts';

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: -1, max: 256 })),
  fc.array(fc.string()),
  fc.constant(null),
  fc.constantFrom(
    'kernel',
    'systemd',
    'sshd',
    '0',
    '5',
    '1770377861123456',
    'fc2e22bc6ee647b6b90729ab34a250b1',
    'd9b373ed55a64feb8242e02dbe79a49c',
    'd989611b15e44c9dbf31e3c81256e4ed',
    'Killed process 5 (a) total-vm:1kB, anon-rss:2kB, file-rss:3kB',
  ),
);
const names = [
  '_TRANSPORT',
  'SYSLOG_FACILITY',
  'SYSLOG_IDENTIFIER',
  'MESSAGE',
  'MESSAGE_ID',
  'UNIT',
  '_PID',
  '__REALTIME_TIMESTAMP',
  '__MONOTONIC_TIMESTAMP',
  'COREDUMP_PID',
  'COREDUMP_COMM',
  'EXIT_STATUS',
  'LEADER',
];
const record = fc.dictionary(fc.constantFrom(...names), value);

it('takes any record, and says only what the schema allows', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 10 }), (records) => {
      const parser = journalParser();
      const events = [...records.flatMap((entry) => parser.push(entry)), ...parser.flush()];
      for (const event of events)
        expect(Event.safeParse({ ...event, id: 'property-test' }).error).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

it('takes any line for a record or for nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.json(), fc.constantFrom('{', '}'))), (lines) => {
      const records = jsonRecords();
      for (const line of lines) records.push(line);
    }),
  );
});
