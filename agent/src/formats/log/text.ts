import type { Reader } from '../reader.ts';
import { lineBatches } from './line-batches.ts';
import { logParser } from './log-parser.ts';

/** Lines of text, as programs, syslog, journalctl, dmesg and consoles write them. */
export const readText: Reader = async function* (input, context) {
  const parser = logParser(context);
  for await (const lines of lineBatches(input))
    for (const line of lines) {
      const events = parser.push(line);
      if (events.length > 0) yield* events;
    }
  yield* parser.flush();
};
