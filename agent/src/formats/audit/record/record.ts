import type { RecordFields } from './fields.ts';
import { parseFields } from './fields.ts';
import { recordType } from './record-type.ts';
import { parseStamp } from './stamp.ts';

/** One line of an audit log. */
export interface AuditRecord extends RecordFields {
  readonly type: string;
  readonly node: string | null;
  /** Milliseconds since the epoch; null when the date is no date. */
  readonly timeMs: number | null;
  /** Null in journald's own short form, which has no stamp. */
  readonly serial: number | null;
  /** Printed by `ausearch -i`: names in place of numbers. */
  readonly interpreted: boolean;
}

/**
 * What may stand before a record: nothing, or the prefix of a syslog or kernel log line whose tag
 * is the kernel's or an audit daemon's. A tag of anybody else makes the line that program's words.
 */
const prefix =
  /^(?:[ >|]{0,20})(?:<\d{1,3}>)?(?:(?:(?:[^\s:[\]]+|\S*\d{1,2}:\d{2}:\d{2}\S*)\s+){0,6}?(?:kernel|audispd|audisp-\w+|(?:tag_)?audit[\w.-]*)(?:\[\d+\])?:\s*)?(?:\[[^\]]{1,40}\](?:\[\s*[TC]\d+\])?\s*)?(?:audit:\s*)?$/;

const longestPrefix = 200;

const record =
  /(?:node=(\S{1,255})\s+)?type=(\w{1,40}(?:\[\d+\])?)\s+(?:msg=)?audit\(([^()]{5,60}):(\d{1,20})\)\s?:?/;

/** Parses one line; null when it is no audit record. `timeZone` is for `ausearch -i`, which prints local time. */
export function parseRecord(line: string, timeZone?: string): AuditRecord | null {
  const match = record.exec(line.length > 1000 ? line.slice(0, 1000) : line);
  if (!match || match.index > longestPrefix) return parseJournalLine(line);
  if (match.index > 0 && !prefix.test(line.slice(0, match.index))) return null;
  const stamp = parseStamp(match[3] ?? '', timeZone);
  if (!stamp) return null;
  const type = recordType(match[2] ?? '');
  return {
    type,
    node: match[1] ?? null,
    timeMs: stamp.timeMs,
    serial: Number(match[4]),
    interpreted: stamp.interpreted,
    ...parseFields(type, line.slice(match.index + match[0].length), stamp.interpreted),
  };
}

const stampAndHost = /^(?:(?:[^\s:[\]]+|\S*\d{1,2}:\d{2}:\d{2}\S*)\s+){0,6}$/;

const journalRecord = /\baudit\[\d+\]: ([A-Z][A-Z_]{2,30}) (?=\w+=)/;

/** `audit[1093]: ANOM_ABEND auid=…`: what journald makes of a record, without its stamp. */
function parseJournalLine(line: string): AuditRecord | null {
  const match = journalRecord.exec(line.length > 1000 ? line.slice(0, 1000) : line);
  if (!match || match.index > longestPrefix) return null;
  if (!stampAndHost.test(line.slice(0, match.index))) return null;
  const type = match[1] ?? '';
  return {
    type,
    node: null,
    timeMs: null,
    serial: null,
    interpreted: false,
    ...parseFields(type, line.slice(match.index + match[0].length), false),
  };
}
