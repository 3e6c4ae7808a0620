import type { RawEvent } from '../../source.ts';
import { kernelLogParser } from '../kernel/parser.ts';
import { base, type Message } from '../messages/message.ts';
import { messageReader, programName } from '../messages/reader.ts';
import { withoutEcho } from '../messages/without-echo.ts';
import { coredumpRecord } from './coredump.ts';
import { coredumpId, oomdKillId, shutdownId } from './message-ids.ts';
import {
  field,
  type JournalRecord,
  numberField,
  recordedAt,
  recordedBootUs,
} from './record/record.ts';
import { isOwnName } from './record/writer.ts';
import { unitRecords } from './unit.ts';

const source = 'journal';
const kern = 0;

export interface JournalParser {
  /** Takes an entry; returns the events that are complete now. */
  push(record: JournalRecord): RawEvent[];
  /** Releases what waits for a further entry. */
  flush(): RawEvent[];
}

/**
 * Reads journal entries: structured fields first, then the words of the message. Only entries
 * that came from the kernel itself (`_TRANSPORT=kernel`, facility kern) are its word.
 */
export function journalParser(): JournalParser {
  const kernel = kernelLogParser(source);
  const messages = messageReader();
  const unitRecord = unitRecords();
  const isNews = withoutEcho();

  return {
    push(record) {
      const message = messageOf(record);
      const events = isKernels(record)
        ? kernel.push({
            text: message.text,
            at: message.at,
            bootUs: message.bootUs,
            facility: kern,
            host: message.host,
          })
        : [...programs(record, message)];
      return events.filter(isNews).map((event) => completed(event, record));
    },
    flush: () => [...kernel.flush(), ...messages.flush()].filter(isNews),
  };

  function programs(record: JournalRecord, message: Message): readonly RawEvent[] {
    if (!isOwnName(record, message.program)) return [];
    if (message.program === 'audit' && field(record, '_TRANSPORT') !== 'audit') return [];
    const id = field(record, 'MESSAGE_ID');
    if (id === coredumpId) {
      const dump = coredumpRecord(record, message);
      if (dump) return [dump];
    }
    // The announcement of the entry above.
    if (message.program === 'systemd-coredump' && message.text.endsWith('processing...')) return [];
    const unit = unitRecord(record, message);
    if (unit) return [unit];
    const said = messages.push(message);
    if (said.length > 0) return said;
    if (id === oomdKillId) return [oomdKill(record, message)];
    if (id === shutdownId)
      return [{ kind: 'shutdown', ...base(message), how: null, host: message.host }];
    return [];
  }
}

/** An export of some fields only may lack the transport; whoever logs as `kernel` has a pid. */
function isKernels(record: JournalRecord): boolean {
  const facility = numberField(record, 'SYSLOG_FACILITY');
  if (facility !== null && facility !== kern) return false;
  const transport = field(record, '_TRANSPORT');
  if (transport !== null) return transport === 'kernel';
  const isNamed = field(record, 'SYSLOG_IDENTIFIER') === 'kernel';
  return isNamed && field(record, '_PID') === null && field(record, 'SYSLOG_PID') === null;
}

function messageOf(record: JournalRecord): Message {
  const identifier = field(record, 'SYSLOG_IDENTIFIER');
  const tag = identifier ?? field(record, '_COMM');
  // `logger -t kernel` is no kernel.
  const named = tag === 'kernel' ? null : tag;
  return {
    source,
    program: programName(named) ?? 'unknown',
    tag: named,
    pid: numberField(record, '_PID') ?? numberField(record, 'SYSLOG_PID'),
    host: field(record, '_HOSTNAME'),
    text: (field(record, 'MESSAGE') ?? '').trimStart(),
    at: recordedAt(record),
    bootUs: recordedBootUs(record),
  };
}

function oomdKill(record: JournalRecord, message: Message): RawEvent {
  return {
    kind: 'oom-daemon-kill',
    ...base(message),
    daemon: 'systemd-oomd',
    pid: null,
    comm: null,
    cgroup: null,
    unit: field(record, 'UNIT') ?? field(record, 'USER_UNIT'),
    signal: null,
    text: message.text,
  };
}

/** What only the journal knows: the boot, the leader of a session, and the session of who became another. */
function completed(event: RawEvent, record: JournalRecord): RawEvent {
  if (event.kind === 'boot') return { ...event, bootId: field(record, '_BOOT_ID') };
  if (event.kind === 'privilege') return { ...event, ...auditOf(record) };
  const leader = numberField(record, 'LEADER');
  const isSession = event.kind === 'login' || event.kind === 'logout';
  return isSession && leader !== null ? { ...event, pid: leader } : event;
}

const unset = 0xffff_ffff;

function auditOf(record: JournalRecord): { session: number | null; auid: number | null } {
  const known = (name: string): number | null => {
    const id = numberField(record, name);
    return id === null || id < 0 || id >= unset ? null : id;
  };
  return { session: known('_AUDIT_SESSION'), auid: known('_AUDIT_LOGINUID') };
}
