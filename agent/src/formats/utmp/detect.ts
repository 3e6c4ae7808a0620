import { type Layout, layouts } from './layout.ts';
import { parseUtmp } from './record.ts';

/** Records at the start of a file by which its layout is told. */
const probedRecords = 64;
export const probeSizeBytes = probedRecords * 400;

/** Years in which Linux hosts wrote utmp: 1993 to 2100. */
const earliestSeconds = 725_846_400;
const latestSeconds = 4_102_444_800;

/**
 * The layout under which the first records make most sense; null when they do under none.
 * `complete` says that `start` is the whole file, so that its length counts too.
 */
export function detectLayout(start: Buffer, complete: boolean): Layout | null {
  let best: Layout | null = null;
  let bestScore = 0;
  for (const layout of layouts) {
    const score = scoreOf(start, layout, complete);
    if (score > bestScore) {
      best = layout;
      bestScore = score;
    }
  }
  return best;
}

/** Mean plausibility of a record, 0 to 1, and a little for a whole number of records. */
function scoreOf(start: Buffer, layout: Layout, complete: boolean): number {
  let sum = 0;
  let count = 0;
  const last = Math.min(start.length, probedRecords * layout.sizeBytes) - layout.sizeBytes;
  for (let offset = 0; offset <= last; offset += layout.sizeBytes) {
    const bytes = start.subarray(offset, offset + layout.sizeBytes);
    if (bytes.every((byte) => byte === 0)) continue;
    sum += plausibility(bytes, layout);
    count += 1;
  }
  if (count === 0) return 0;
  const whole = complete && start.length % layout.sizeBytes === 0 ? 0.1 : 0;
  const mean = sum / count;
  return mean > 0.2 ? mean + whole : 0;
}

/** 0 to 1: how much of the bytes looks like a record. */
export function plausibility(bytes: Buffer, layout: Layout): number {
  const record = parseUtmp(bytes, layout, 0);
  if (record === null) return 0;
  let score = 0.2;
  if (record.seconds >= earliestSeconds && record.seconds <= latestSeconds) score += 0.3;
  if (record.type !== 'EMPTY') score += 0.1;
  if (bytes[2] === 0 && bytes[3] === 0) score += 0.1;
  if (isName(record.line) && isName(record.id) && isName(record.user)) score += 0.2;
  // ut_unused.
  const unusedAt = layout.timeBytes === 8 ? 376 : 364;
  if (bytes.subarray(unusedAt, unusedAt + 20).every((byte) => byte === 0)) score += 0.1;
  return score;
}

function isName(text: string): boolean {
  return !/[\x00-\x1f\x7f\ufffd]/.test(text);
}
