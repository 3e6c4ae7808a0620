import type { Reader } from '../reader.ts';
import { lineBatches } from './line-batches.ts';
import { logParser } from './log-parser.ts';

/**
 * Format `log`: any text log. Times without a year are dated by the file's last change, times
 * without a zone by the zone of this host; lines with monotonic time alone have `at` null.
 */
export const readLog: Reader = async function* (input, context) {
  const parser = logParser(context);
  for await (const lines of lineBatches(input))
    for (const line of lines) {
      const events = parser.push(line);
      if (events.length > 0) yield* events;
    }
  yield* parser.flush();
};
