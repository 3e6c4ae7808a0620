import { bpfError, libbpf } from '../native/libbpf.ts';
import { errno, lastErrno } from '../native/libc.ts';

const batchEntries = 128;
/** What the kernel wrote there says where it goes on; it needs no more than a key. */
const placeBytes = 64;

/**
 * The entries of a hash map, a batch at a time: the kernel walks its buckets, so that changes
 * meanwhile neither repeat nor hide the others. A buffer is valid until the next one is asked for.
 */
export function* entriesOf(
  fd: number,
  keyBytes: number,
  valueBytes: number,
): Generator<{ key: Buffer; value: Buffer }> {
  const keys = Buffer.alloc(batchEntries * keyBytes);
  const values = Buffer.alloc(batchEntries * valueBytes);
  const count = Buffer.alloc(4);
  let place: Buffer | null = null;
  for (let isLast = false; !isLast; ) {
    const next = Buffer.alloc(placeBytes);
    count.writeUInt32LE(batchEntries);
    const result = libbpf().lookupBatch(fd, place, next, keys, values, count);
    isLast = result < 0;
    if (isLast && lastErrno() !== errno.ENOENT) throw bpfError('reading the entries of a map');
    place = next;
    for (let index = 0; index < count.readUInt32LE(); index++)
      yield {
        key: keys.subarray(index * keyBytes, (index + 1) * keyBytes),
        value: values.subarray(index * valueBytes, (index + 1) * valueBytes),
      };
  }
}
