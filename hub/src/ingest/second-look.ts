import type { Logger } from 'pino';
import type { Pool } from '../store/database.ts';
import { dropQuarantined, readQuarantine } from '../store/events/quarantine.ts';
import { decode } from './decode/decode-message.ts';
import type { BatchReport } from './store-batch.ts';
import { storeSafely } from './store-safely.ts';

const atOnce = 100;

export interface SecondLookOptions {
  pool: Pool;
  log: Logger;
  onBatch: (report: BatchReport, seconds: number) => void;
}

/**
 * Agents may be newer than the hub: what this one put into quarantine, for it knew no such event, the
 * next version may know. So every start looks at all of it again; what decodes now is stored as if it
 * had just come, with the time at which it did. Resolves to how many messages it was.
 */
export async function lookAgain(
  { pool, log, onBatch }: SecondLookOptions,
  signal: AbortSignal,
): Promise<number> {
  let taken = 0;
  let after = 0;
  while (!signal.aborted) {
    const messages = await readQuarantine(pool, after, atOnce);
    for (const { seq, ...message } of messages) {
      after = seq;
      const decoded = decode(message);
      if (decoded.rejects.length > 0) continue;
      const startedMs = performance.now();
      // The clocks of its host are long measured by newer ones.
      const reports = await storeSafely(pool, [{ ...decoded, stamps: [] }], log);
      await dropQuarantined(pool, seq);
      for (const report of reports) onBatch(report, (performance.now() - startedMs) / 1000);
      taken += 1;
    }
    if (messages.length < atOnce) break;
  }
  if (taken > 0) log.info({ messages: taken }, 'took out of quarantine what is known by now');
  return taken;
}
