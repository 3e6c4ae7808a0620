import { lineBatches } from '../log/line-batches.ts';
import type { Reader } from '../reader.ts';
import { journalParser } from './journal-parser.ts';
import { jsonRecords } from './record/json-records.ts';

/** Format `journal`: the output of `journalctl -o json`. */
export const readJournal: Reader = async function* (input) {
  const records = jsonRecords();
  const parser = journalParser();
  for await (const lines of lineBatches(input))
    for (const line of lines) {
      const record = records.push(line);
      const events = record ? parser.push(record) : [];
      if (events.length > 0) yield* events;
    }
  yield* parser.flush();
};
