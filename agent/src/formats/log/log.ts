import { beginning } from '../bytes.ts';
import { readRecords } from '../journal/journal.ts';
import { recordShape } from '../journal/record/shape.ts';
import type { Reader } from '../reader.ts';
import { isDmesgJson, readDmesgJson } from './dmesg-json.ts';
import { readText } from './text.ts';

const sniffedBytes = 8 * 1024;

/**
 * Format `log`: any text log. Times without a year are dated by the file's last change, times
 * without a zone by the zone of this host; lines with monotonic time alone have `at` null. What
 * `dmesg -J` and journalctl print with `-o json`, `export` or `verbose` is told by its beginning.
 */
export const readLog: Reader = async function* (input, context) {
  const { head, all } = await beginning(input, sniffedBytes);
  const start = head.toString('utf8');
  const shape = recordShape(start);
  if (isDmesgJson(start)) yield* readDmesgJson(all, context);
  else if (shape) yield* readRecords(all, shape);
  else yield* readText(all, context);
};
