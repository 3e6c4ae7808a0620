import type { RawEvent } from '../../../source.ts';
import { auditedEnd } from '../../kernel/fault/abnormal-end.ts';
import { base, type Message } from '../message.ts';

/** Audit records that journald took from the kernel: `audit[77]: ANOM_ABEND auid=…`. */
export function auditLine(message: Message): RawEvent | null {
  if (!message.text.startsWith('ANOM_ABEND ')) return null;
  const ended = auditedEnd(message.text);
  return ended && { ...ended.event, ...base(message) };
}
