import { libbpf } from '../native/libbpf.ts';
import { layout } from '../record/layout.ts';
import { decodeMiss, type MissRecord } from '../record/miss.ts';

/** More than the map holds: what arrives during the reading waits for the next time. */
const mostAtOnce = 1024;

/** ENOTSUPP of include/linux/errno.h, which user space has no name for. */
const notSupported = -524;

/**
 * Takes what is in the map `misses` out of it. Before Linux 5.14 a signal that arrives between the
 * reading and the removal of its entry is missing here, and is in the counters all the same.
 */
export function takeMisses(fd: number): MissRecord[] {
  const api = libbpf();
  const key = Buffer.alloc(layout.missKey.size);
  const value = Buffer.alloc(layout.miss.size);
  const taken: MissRecord[] = [];
  while (taken.length < mostAtOnce && api.nextKey(fd, null, key) >= 0) {
    const status = api.take(fd, key, value);
    if (status >= 0) taken.push(decodeMiss(key, value));
    if (status !== notSupported) continue;
    if (api.lookup(fd, key, value) >= 0) taken.push(decodeMiss(key, value));
    // Displaced meanwhile: then there is nothing to remove.
    if (api.delete(fd, key) < 0) break;
  }
  return taken;
}
