import type { Reader } from '../reader.ts';
import { lineBatches } from './line-batches.ts';
import { logParser } from './log-parser.ts';

const start = /^\s*\{\s*"dmesg"\s*:\s*\[/;
const recordBegins = /^\s*(?:\}\s*,\s*)?\{\s*$/;
const recordEnds = /^\s*\}/;
/** A record has six members at most. */
const mostLines = 16;

/** Whether the file begins as the output of `dmesg -J` does. */
export function isDmesgJson(head: string): boolean {
  return start.test(head);
}

/** The output of `dmesg --json` (util-linux 2.38): each record is read as the line that dmesg prints of it. */
export const readDmesgJson: Reader = async function* (input, context) {
  const parser = logParser(context);
  let members: string[] = [];
  for await (const lines of lineBatches(input))
    for (const line of lines) {
      if (recordEnds.test(line)) {
        const printed = asLine(members);
        if (printed !== null) yield* parser.push(printed);
      }
      if (recordBegins.test(line) || recordEnds.test(line)) members = [];
      else if (members.length < mostLines) members.push(line);
    }
  yield* parser.flush();
};

function asLine(members: readonly string[]): string | null {
  const { fac, pri, time, caller, msg } = parsed(members);
  if (typeof msg !== 'string') return null;
  const facility = typeof fac === 'string' ? `${fac.padEnd(6)}:${String(pri).padEnd(6)}: ` : '';
  const printer = typeof caller === 'string' ? `[${caller}] ` : '';
  const words = msg.replaceAll('\n', '\\x0a');
  return `${facility}${stamp(time)}${printer}${words}`;
}

/** `12.345678`, `Fri Feb  6 11:37:41 2026` (-T), `2026-02-06T11:37:41,123456+01:00`. */
function stamp(time: unknown): string {
  if (typeof time === 'number') return `[${time.toFixed(6)}] `;
  if (typeof time !== 'string') return '';
  return /^\d{4}-/.test(time) ? `${time} ` : `[${time}] `;
}

function parsed(members: readonly string[]): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(`{${members.join('\n').replace(/,\s*$/, '')}}`) as Record<string, unknown>;
  } catch {
    // Torn: the next record is one of its own.
    return {};
  }
}
