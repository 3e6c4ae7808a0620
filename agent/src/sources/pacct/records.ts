import type { Taker } from '../../following/taker.ts';
import { accountingEvent } from '../../formats/pacct/pacct.ts';
import { parseAccounting, recordSizeBytes } from '../../formats/pacct/record.ts';

type Ended = ReturnType<typeof accountingEvent>;

/** Takes an accounting file that grows, record by record; what is none is passed over. */
export function accountingTaker(onEnd: (event: Ended) => void): Taker {
  let held: Buffer = Buffer.alloc(0);
  return {
    push(bytes) {
      held = Buffer.concat([held, bytes]);
      let at = 0;
      for (; held.length - at >= recordSizeBytes; at += recordSizeBytes) {
        const record = parseAccounting(held.subarray(at, at + recordSizeBytes));
        if (record) onEnd(accountingEvent(record));
      }
      held = Buffer.from(held.subarray(at));
      return held.length;
    },
    end: () => undefined,
  };
}
