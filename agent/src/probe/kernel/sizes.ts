import { libbpf } from '../native/libbpf.ts';
import type { MapSizes } from './names.ts';

/** LOCAL_FREE_TARGET of kernel/bpf/bpf_lru_list.c: entries that each processor sets aside from a map's. */
const asideEachCpu = 128;
const fewest = { pending: 8192, actors: 2048, procs: 4096, ended: 4096, misses: 1024 } as const;
/** Bounds of the kernel's memory on hosts with hundreds of processors: 64, 26, 51, 2 and 3 MB. */
const most = { pending: 131_072, actors: 10_240, procs: 32_768, ended: 32_768, misses: 32_768 };

const aside = (): number => asideEachCpu * libbpf().possibleCpus();

/** For a host with so many processes now: twice of them may be hit at once. */
export function mapSizes(ringBytes: number, processes: number): MapSizes {
  const sizeOf = (map: keyof typeof fewest, wanted = 0): number =>
    Math.min(Math.max(fewest[map], wanted) + aside(), most[map]);
  return {
    ring: ringBytes,
    pending: sizeOf('pending', 2 * processes),
    procs: sizeOf('procs', 2 * processes),
    actors: sizeOf('actors'),
    ended: sizeOf('ended'),
    misses: sizeOf('misses'),
  };
}

/** How many entries such a map may have before it forgets any. */
export const roomOf = (entries: number): number =>
  Math.max(Math.floor(entries / 2), entries - aside());
