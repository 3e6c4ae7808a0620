import { signalName } from '@coroner/schema/signal';
import type { RawEvent } from '../../source.ts';
import { base, type Message } from '../messages/message.ts';
import { field, type JournalRecord, numberField } from './record/record.ts';

/** systemd-coredump's own record, with everything that the kernel told it. */
export function coredumpRecord(record: JournalRecord, message: Message): RawEvent | null {
  const pid = numberField(record, 'COREDUMP_PID');
  const comm = field(record, 'COREDUMP_COMM');
  if (pid === null || comm === null) return null;
  const signal = numberField(record, 'COREDUMP_SIGNAL');
  return {
    kind: 'coredump',
    ...base(message),
    pid,
    comm,
    exe: field(record, 'COREDUMP_EXE'),
    uid: numberField(record, 'COREDUMP_UID'),
    unit: field(record, 'COREDUMP_UNIT') ?? field(record, 'COREDUMP_USER_UNIT'),
    signal: field(record, 'COREDUMP_SIGNAL_NAME') ?? (signal === null ? null : signalName(signal)),
  };
}
