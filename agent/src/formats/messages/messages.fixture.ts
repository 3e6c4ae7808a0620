import type { RawEvent } from '../../source.ts';
import { logParser } from '../log/log-parser.ts';

const now = new Date('2026-12-31T00:00:00Z');

/** The events of log lines that lack their date: `sshd[5]: Accepted …`. */
export function eventsOf(...lines: readonly string[]): RawEvent[] {
  const parser = logParser({ now, timeZone: 'UTC' });
  const events = lines.flatMap((line) => parser.push(`Feb  6 11:37:41 web-1 ${line}`));
  return [...events, ...parser.flush()];
}
