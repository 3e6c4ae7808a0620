import { clock } from '../../log/clock/clock.ts';
import { lineBatches } from '../../log/line-batches.ts';
import { dateStamp } from '../../log/stamp/date.ts';
import type { ReadContext, Reader } from '../../reader.ts';
import { type UtmpContent, utmpEvent } from '../event.ts';
import { isLast, lastEvents } from './last.ts';
import { dumpedRecord, isUtmpdump } from './utmpdump.ts';

/** Whether the file is what utmpdump(1) or last(1) print of one. */
export function isPrinted(head: Buffer): boolean {
  // A record begins with its type, in two bytes of which one is 0, and two of padding.
  if (head.subarray(0, 4).includes(0)) return false;
  return head
    .toString('utf8')
    .split('\n')
    .some((line) => isUtmpdump(line) || isLast(line.trimEnd()));
}

/** The events of what utmpdump(1), last(1) or lastb(1) printed. */
export async function* readPrinted(
  input: AsyncIterable<Buffer>,
  { now, timeZone }: ReadContext,
  content: UtmpContent,
): ReturnType<Reader> {
  const { instant } = clock(now, timeZone);
  const at = (printed: string): string | null => {
    // last(1) prints seconds only with -F.
    const whole = printed.replace(/^(.{13}:\d\d)$/, '$1:00');
    const stamp = dateStamp(whole);
    return stamp?.time ? instant(stamp.time) : null;
  };
  for await (const lines of lineBatches(input))
    for (const line of lines) {
      const record = dumpedRecord(line, at);
      const event = record && utmpEvent(record, content);
      if (event) yield event;
      else if (!record) yield* lastEvents(line.trimEnd(), content === 'failures', at);
    }
}
