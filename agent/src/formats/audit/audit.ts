import type { RawEvent } from '../../source.ts';
import { textLines } from '../lines.ts';
import type { Reader } from '../reader.ts';
import { groupEvents } from './group-events.ts';
import { createJoiner, type RecordGroup } from './record/join.ts';
import { parseRecord } from './record/record.ts';
import { createSessionFilter } from './session-filter.ts';

const longestRecordChars = 16_384;

/** Takes audit lines one by one, for files and for a log that is followed. */
export interface AuditParser {
  line(line: string): RawEvent[];
  /** Gives the events whose end did not come. */
  end(): RawEvent[];
}

/** `timeZone` is that of the dates which `ausearch -i` prints; the zone of this host when absent. */
export function createAuditParser(timeZone?: string): AuditParser {
  const joiner = createJoiner();
  const sessions = createSessionFilter();
  const events = (groups: readonly RecordGroup[]): RawEvent[] =>
    groups.flatMap((group) => groupEvents(group, sessions.isNew(group)));
  return {
    line(line) {
      // What `ausearch` prints between events.
      if (line === '----') return events(joiner.flush());
      const record = parseRecord(line, timeZone);
      return record ? events(joiner.add(record)) : [];
    },
    end: () => events(joiner.flush()),
  };
}

/** How a line begins that a mail or a narrow console wrapped off the record before it. */
const continuation =
  /^\s*(?:auid|[ef]?s?[ug]id|ses|subj|pid|ppid|comm|exe|sig|res|reason|obj|key|tty|a\d|items)=/;

/**
 * audit.log as auditd writes it (raw or enriched), `ausearch` output with and without `-i`, and
 * audit records in kernel, syslog or journal lines.
 */
export const readAudit: Reader = async function* (input, context) {
  const parser = createAuditParser(context.timeZone);
  let held = '';
  for await (const line of textLines(input)) {
    if (held.length < longestRecordChars && held.includes('audit(') && continuation.test(line)) {
      held += ` ${line.trim()}`;
      continue;
    }
    yield* parser.line(held);
    held = line;
  }
  yield* parser.line(held);
  yield* parser.end();
};
