import type { Source } from '@coroner/schema/event/base';
import type { RawEvent } from '../../source.ts';
import { createAuditParser } from './audit.ts';

export interface AuditInLog {
  /** Takes an audit record as it stands in a line; `at` dates a record that has no stamp. */
  push(record: string, at: string | null): RawEvent[];
  flush(): RawEvent[];
}

/**
 * Audit records among the lines of another log, as the kernel prints them where no auditd runs,
 * and as audispd and journald pass them on: kills, and ends by a signal. Logins are left to the
 * programs, which write them into the same logs.
 */
export function auditInLog(source: Source): AuditInLog {
  const parser = createAuditParser();
  const told = (events: readonly RawEvent[], at: string | null): RawEvent[] =>
    events
      .filter(tellsOfAnEnd)
      .map((event): RawEvent => ({ ...event, source, at: event.at ?? at }));
  return {
    push: (record, at) => told(parser.line(record), at),
    flush: () => told(parser.end(), null),
  };
}

function tellsOfAnEnd(event: RawEvent): boolean {
  if (event.kind === 'audit-record')
    return event.types.includes('SECCOMP') && event.signal !== null;
  return event.kind === 'kill-syscall' || event.kind === 'abnormal-end';
}
