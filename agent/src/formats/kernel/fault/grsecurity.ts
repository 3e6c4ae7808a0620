import { printedNumber, taskName } from '../printed.ts';
import type { AuditedEnd } from './abnormal-end.ts';

/** gr_log_signal. */
const line =
  /^grsec: (?:From \S+: )?(Segmentation fault|Illegal instruction|Bus error|Floating point exception) occurred at +\S+ in (\/[^[]*)\[(.{0,16}?):(\d{1,10})\] uid\/euid:(\d{1,10})\//s;

const signals: Readonly<Record<string, string>> = {
  'Segmentation fault': 'SIGSEGV',
  'Illegal instruction': 'SIGILL',
  'Bus error': 'SIGBUS',
  'Floating point exception': 'SIGFPE',
};

/** grsecurity says that a signal which dumps core ended a process. */
export function grsecurityEnd(text: string): AuditedEnd['event'] | null {
  const said = text.startsWith('grsec: ') ? line.exec(text) : null;
  const comm = said && taskName(said[3] ?? '');
  if (!said || comm === null) return null;
  return {
    kind: 'abnormal-end',
    pid: Number(said[4]),
    comm,
    exe: said[2] ?? null,
    uid: printedNumber(said[5]),
    signal: signals[said[1] ?? ''] ?? null,
  };
}
