import { signalName } from '@coroner/schema/signal';
import type { RawEvent } from '../../../source.ts';
import { printedNumber } from '../printed.ts';

type AbnormalEnd = Omit<Extract<RawEvent, { kind: 'abnormal-end' }>, 'source' | 'at' | 'bootUs'>;

/** An audit record that stands in a log because no audit daemon took it, or by way of journald. */
export interface AuditedEnd {
  readonly event: AbnormalEnd;
  /** Wall clock of the record itself; null where only its fields are printed. */
  readonly at: string | null;
}

/** `audit: type=1701 audit(1423234994.398:911150): …`; 2.6 printed `type=1701 audit(…): …`. */
const kernelForm = /^(?:audit: )?type=1701 audit\((\d{1,11})\.(\d{3}):(\d{1,16})\): (.*)$/s;
/** journald: `ANOM_ABEND auid=1000 …`. */
const journaldForm = /^ANOM_ABEND (auid=.*)$/s;
/** (uid_t) -1: not set. */
const unset = '4294967295';

/** ANOM_ABEND, kernel/auditsc.c audit_core_dumps: a process ended by a signal that dumps core. */
export function auditedEnd(printed: string): AuditedEnd | null {
  // Some consoles escape the quotes.
  const text = printed.includes('=\\"') ? printed.replaceAll('\\"', '"') : printed;
  if (text.startsWith('ANOM_ABEND ')) {
    const event = endOf(journaldForm.exec(text)?.[1] ?? '', null);
    return event && { event, at: null };
  }
  if (!text.includes('type=1701 audit(')) return null;
  const match = kernelForm.exec(text);
  const event = match && endOf(match[4] ?? '', Number(match[3]));
  if (!match || !event) return null;
  const second = new Date(Number(match[1]) * 1000).toISOString().slice(0, 19);
  return { event, at: `${second}.${match[2]}Z` };
}

function endOf(fields: string, serial: number | null): AbnormalEnd | null {
  const pid = value(fields, 'pid');
  const comm = value(fields, 'comm');
  const signal = value(fields, 'sig');
  const victim = printedNumber(pid ?? undefined);
  if (victim === null || comm === null) return null;
  return {
    kind: 'abnormal-end',
    pid: victim,
    comm: unquoted(comm),
    exe: optional(value(fields, 'exe'), unquoted),
    signal: optional(signal, (number) => signalName(Number(number))),
    uid: optional(value(fields, 'uid'), printedNumber),
    auid: optional(value(fields, 'auid'), printedNumber),
    session: optional(value(fields, 'ses'), printedNumber),
    reason: optional(/(?:^| )reason="([^"]*)"/.exec(fields)?.[1] ?? null, String),
    serial,
  };
}

function value(fields: string, name: string): string | null {
  const match = new RegExp(`(?:^| )${name}=("[^"]*"|[0-9A-Fa-f]{1,512})(?= |$)`).exec(fields);
  return match?.[1] === undefined || match[1] === unset ? null : match[1];
}

function optional<To>(text: string | null, convert: (text: string) => To): To | null {
  return text === null ? null : convert(text);
}

/** Names with special bytes are printed as hex, without quotes. */
function unquoted(text: string): string {
  if (text.startsWith('"')) return text.slice(1, -1);
  return Buffer.from(text, 'hex').toString('utf8');
}
