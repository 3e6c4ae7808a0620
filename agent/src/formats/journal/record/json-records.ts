import type { JournalRecord } from './record.ts';

/** Longest record of `-o json-pretty` that is collected. */
const longestPrettyChars = 4 * 1024 * 1024;
/** `-o json-seq` begins each record with RS, `-o json-sse` with `data: `. */
const prefix = /^(?:\u001e|data: )/;

export interface JsonRecords {
  /** The record that is complete with this line; null when none is, or the line is torn. */
  push(line: string): JournalRecord | null;
}

/** Takes records from the lines of `-o json`, and of its pretty, seq and sse variants. */
export function jsonRecords(): JsonRecords {
  let pretty: string[] | null = null;
  let prettyChars = 0;
  return {
    push(raw) {
      const line = prefix.test(raw) ? raw.replace(prefix, '') : raw;
      if (line === '{') {
        pretty = [line];
        prettyChars = 1;
        return null;
      }
      // A whole record starts anew, whatever was torn before it.
      if (line.startsWith('{')) {
        pretty = null;
        return parsed(line);
      }
      if (!pretty) return null;
      pretty.push(line);
      prettyChars += line.length;
      if (line.startsWith('}')) {
        const text = pretty.join('\n');
        pretty = null;
        return parsed(text);
      }
      if (prettyChars > longestPrettyChars) pretty = null;
      return null;
    },
  };
}

function parsed(text: string): JournalRecord | null {
  try {
    const value: unknown = JSON.parse(text.replace(/,\s*$/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JournalRecord)
      : null;
  } catch {
    // A torn line: the next one starts a record of its own.
    return null;
  }
}
