import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Resident memory of many processes at one time: `rssKb[i]` is that of `pids[i]`. */
export interface Residents {
  readonly pids: Int32Array;
  readonly rssKb: Int32Array;
}

const kbPerByte = 1 / 1024;
const pageBytes = pageSize();
/** Smaller ones cannot be what filled a memory. */
const smallestKb = 1024;
const mostKept = 1000;
/** Read before the event loop has its turn again. */
const readAtOnce = 64;

/** Everybody's resident set, the largest first: one small file a process, statm of proc(5). */
export async function residents(): Promise<Residents> {
  const found: { pid: number; kb: number }[] = [];
  let read = 0;
  for (const name of readdirSync('/proc')) {
    const first = name.charCodeAt(0);
    if (first < 48 || first > 57) continue;
    read += 1;
    if (read % readAtOnce === 0) await nextTurn();
    const kb = residentKb(name);
    if (kb >= smallestKb) found.push({ pid: Number(name), kb });
  }
  found.sort((a, b) => b.kb - a.kb);
  const kept = found.slice(0, mostKept);
  return {
    pids: Int32Array.from(kept, ({ pid }) => pid),
    rssKb: Int32Array.from(kept, ({ kb }) => kb),
  };
}

function residentKb(pid: string): number {
  try {
    const pages = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1];
    return Math.round(Number(pages) * pageBytes * kbPerByte);
  } catch {
    // It is gone.
    return 0;
  }
}

/** AT_PAGESZ of getauxval(3): pairs of words, by the byte order and width of this machine. */
function pageSize(): number {
  const atPageSize = 6n;
  const usual = 4096;
  try {
    const words = new BigUint64Array(new Uint8Array(readFileSync('/proc/self/auxv')).buffer);
    for (let at = 0; at + 1 < words.length; at += 2)
      if (words[at] === atPageSize) return Number(words[at + 1]);
  } catch {
    // Not 64 bits wide, or not readable: nearly every machine has pages of 4 KiB.
  }
  return usual;
}
