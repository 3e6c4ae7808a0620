import type { RawEvent } from '../../../source.ts';
import { auditInLog } from '../../audit/in-log.ts';
import { auditedEnd } from '../../kernel/fault/abnormal-end.ts';
import { base, type Matcher, type Message, nothing } from '../message.ts';

/**
 * Audit records that journald took from the kernel (`audit[77]: ANOM_ABEND auid=…`, without time
 * and serial), and those that audispd writes to syslog (`audispd: node=… type=… msg=audit(…): …`).
 */
export function auditMatcher(): Matcher {
  let records: ReturnType<typeof auditInLog> | null = null;
  /** A line that a narrow terminal wrapped: its rest comes without a writer. */
  let cut: Message | null = null;

  return {
    push(message) {
      const before = cut;
      cut = null;
      const ended =
        message.program === null && before
          ? wrappedEnd(before, message.text)
          : journaldEnd(message);
      if (ended) return [ended];
      if (message.program === null) return nothing;
      if (message.text.startsWith('ANOM_ABEND ')) cut = message;
      const record = recordIn(message);
      if (record === null) return nothing;
      records ??= auditInLog(message.source);
      return records.push(record, message.at);
    },
    flush: () => records?.flush() ?? nothing,
  };
}

function journaldEnd(message: Message): RawEvent | null {
  if (!message.text.startsWith('ANOM_ABEND ')) return null;
  const ended = auditedEnd(message.text);
  return ended && { ...ended.event, ...base(message) };
}

function wrappedEnd(start: Message, rest: string): RawEvent | null {
  return (
    journaldEnd({ ...start, text: start.text.trimEnd() + rest.trim() }) ??
    journaldEnd({ ...start, text: `${start.text.trimEnd()} ${rest.trim()}` })
  );
}

function recordIn({ program, pid, text }: Message): string | null {
  // `audit: type=…` without a process is the kernel's own line, which its parser reads.
  if (program !== 'audit') return text;
  return pid !== null ? `audit[${pid}]: ${text}` : null;
}
