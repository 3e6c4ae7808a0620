import type { RawEvent } from '../../source.ts';
import { kernelLogParser } from './parser.ts';

const stamped = /^\[ *(\d+)\.(\d{6})\] ?(.*)$/s;

/** The events of kernel text, one line a row, with `[s.µs]` before it or nothing. */
export function eventsOf(text: string, facility?: number): RawEvent[] {
  const parser = kernelLogParser('kmsg');
  const events = text.split('\n').flatMap((line) => {
    const match = stamped.exec(line);
    return parser.push({
      text: match ? (match[3] ?? '') : line,
      at: null,
      bootUs: match ? Number(match[1]) * 1_000_000 + Number(match[2]) : null,
      bare: !match,
      ...(facility === undefined ? {} : { facility }),
    });
  });
  return [...events, ...parser.flush()];
}
