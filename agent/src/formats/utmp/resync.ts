import { plausibility } from './detect.ts';
import type { Layout } from './layout.ts';

/** Below it a record is damaged, or the reading is off its grid. */
const damaged = 0.75;
const sound = 0.9;

/** After so many searches in vain the file is odd throughout (a clock at 1970), not shifted. */
const mostSearches = 256;

/**
 * Tells how many bytes to leave out before the next record. 0 when the record at the start of
 * `held` is one; the distance to the next two that are sound, when a torn write shifted the file;
 * else 0 again, for a record that is merely odd. Null when more bytes are needed to tell.
 */
export function createResync(layout: Layout): (held: Buffer, ended: boolean) => number | null {
  const { sizeBytes } = layout;
  let searches = 0;
  return (held, ended) => {
    const record = held.subarray(0, sizeBytes);
    if (plausibility(record, layout) >= damaged || record.every((byte) => byte === 0)) return 0;
    if (held.length < 3 * sizeBytes && !ended) return null;
    const isSound = (at: number): boolean =>
      at + sizeBytes <= held.length &&
      plausibility(held.subarray(at, at + sizeBytes), layout) >= sound;
    // On its grid, only this record is damaged.
    if (isSound(sizeBytes) || searches >= mostSearches) return 0;
    searches += 1;
    for (let skip = 1; skip < sizeBytes; skip += 1) {
      const isLast = ended && skip + 2 * sizeBytes > held.length;
      if (isSound(skip) && (isLast || isSound(skip + sizeBytes))) {
        searches = 0;
        return skip;
      }
    }
    return 0;
  };
}
