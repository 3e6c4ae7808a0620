import { bpfError, libbpf } from '../native/libbpf.ts';

const infoBytes = 88;
const maxEntriesAt = 16;

/** max_entries of a map (of a ring: its bytes), from bpf_map_info. */
export function mapEntries(fd: number): number {
  const info = Buffer.alloc(infoBytes);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(infoBytes);
  const result = libbpf().objInfo(fd, info, length);
  if (result < 0) throw bpfError('asking for the size of a map', result);
  return info.readUInt32LE(maxEntriesAt);
}
