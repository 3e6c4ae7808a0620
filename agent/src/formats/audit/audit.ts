import type { RawEvent } from '../../source.ts';
import { textLines } from '../lines.ts';
import type { Reader } from '../reader.ts';
import { groupEvents } from './group-events.ts';
import { createJoiner, type RecordGroup } from './record/join.ts';
import { parseRecord } from './record/record.ts';

/** Takes audit lines one by one, for files and for a log that is followed. */
export interface AuditParser {
  line(line: string): RawEvent[];
  /** Gives the events whose end did not come. */
  end(): RawEvent[];
}

/** `timeZone` is that of the dates which `ausearch -i` prints; the zone of this host when absent. */
export function createAuditParser(timeZone?: string): AuditParser {
  const joiner = createJoiner();
  const events = (groups: readonly RecordGroup[]): RawEvent[] => groups.flatMap(groupEvents);
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

/**
 * audit.log as auditd writes it (raw or enriched), `ausearch` output with and without `-i`, and
 * audit records in kernel or syslog lines.
 */
export const readAudit: Reader = async function* (input, context) {
  const parser = createAuditParser(context.timeZone);
  for await (const line of textLines(input)) yield* parser.line(line);
  yield* parser.end();
};
