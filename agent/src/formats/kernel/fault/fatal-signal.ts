import { signalName, signalNumber } from '@coroner/schema/signal';
import { printedNumber, taskName } from '../printed.ts';
import type { AuditedEnd } from './abnormal-end.ts';

/** kernel/signal.c print_fatal_signal, with `print-fatal-signals=1`; before 5.x with the pid. */
const fatal = /^(.*)\/(\d{1,10}): potentially unexpected fatal signal (\d{1,2})\.$/s;
/** grsecurity's gr_log_signal. */
const grsec =
  /^grsec: (?:From \S+: )?(Segmentation fault|Illegal instruction|Bus error|Floating point exception) occurred at +\S+ in (\/[^[]*)\[(.{0,16}?):(\d{1,10})\] uid\/euid:(\d{1,10})\//s;

const signals: Readonly<Record<string, string>> = {
  'Segmentation fault': 'SIGSEGV',
  'Illegal instruction': 'SIGILL',
  'Bus error': 'SIGBUS',
  'Floating point exception': 'SIGFPE',
};

/** The kernel says that a signal which dumps core ended a process. */
export function fatalSignal(text: string): AuditedEnd['event'] | null {
  const match = text.includes('unexpected fatal signal') ? fatal.exec(text) : null;
  if (match) {
    const number = signalNumber(match[3] ?? '');
    return number === null
      ? null
      : end(match[1], match[2], { exe: null, uid: null, signal: signalName(number) });
  }
  const said = text.startsWith('grsec: ') ? grsec.exec(text) : null;
  if (!said) return null;
  const signal = signals[said[1] ?? ''] ?? null;
  return end(said[3], said[4], { exe: said[2] ?? null, uid: printedNumber(said[5]), signal });
}

function end(
  printed: string | undefined,
  pid: string | undefined,
  facts: { exe: string | null; uid: number | null; signal: string | null },
): AuditedEnd['event'] | null {
  const comm = taskName(printed ?? '');
  return comm === null ? null : { kind: 'abnormal-end', pid: Number(pid), comm, ...facts };
}
