import { libbpf } from '../native/libbpf.ts';
import { layout } from '../record/layout.ts';
import { decodeMiss, type MissRecord } from '../record/miss.ts';

/** More than the map holds: what arrives during the reading waits for the next time. */
const mostAtOnce = 1024;

/**
 * Takes what is in the map `misses` out of it. A signal that arrives between the reading and the
 * removal of its entry is missing here, and is in the counters all the same.
 */
export function takeMisses(fd: number): MissRecord[] {
  const api = libbpf();
  const key = Buffer.alloc(layout.missKey.size);
  const value = Buffer.alloc(layout.miss.size);
  const taken: MissRecord[] = [];
  while (taken.length < mostAtOnce && api.nextKey(fd, null, key) >= 0) {
    if (api.lookup(fd, key, value) >= 0) taken.push(decodeMiss(key, value));
    // Displaced meanwhile: then there is nothing to remove.
    if (api.delete(fd, key) < 0) break;
  }
  return taken;
}
