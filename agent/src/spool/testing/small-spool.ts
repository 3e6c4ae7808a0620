import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SpoolRecord } from '../record.ts';
import { openSpool, type Spool, type SpoolOptions } from '../spool.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-spool-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** `open` may be that of another version. */
export function openSmallSpool(
  folder: string,
  options: Partial<SpoolOptions> = {},
  open: typeof openSpool = openSpool,
): Spool {
  let losses = 0;
  return open({
    folder,
    header: { host: 'web-3', bootId: 'boot-1', agent: '0' },
    maxBytes: 1024 * 1024,
    lossRecord: (loss) => {
      losses += 1;
      const json = JSON.stringify({ kind: 'gap', ...loss });
      return { id: `loss-${losses}`, json, atMs: loss.sinceMs, lost: loss.count };
    },
    onTrouble: (error) => {
      if (error) throw error;
    },
    ...options,
  });
}

/** An ordinary event, number `index`, of about `bytes`. */
export function anEvent(index: number, bytes = 20): SpoolRecord {
  const json = JSON.stringify({ index, filler: 'x'.repeat(bytes) });
  return { id: `event-${index}`, json, atMs: 1000 + index, lost: 0 };
}

/** Takes all that is there, in batches of at most `maxEvents`, without acknowledging. */
export function takeAll(spool: Spool, maxEvents = 500) {
  const batches = [];
  for (;;) {
    const batch = spool.take({ maxEvents, maxBytes: 768 * 1024 });
    if (!batch) return batches;
    batches.push(batch);
  }
}

export const idsOf = (batches: ReturnType<typeof takeAll>): string[] =>
  batches.flatMap(({ records }) => records.map(({ id }) => id));
