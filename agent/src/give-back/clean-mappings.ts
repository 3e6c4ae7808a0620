/** Of a process's address space: first byte, and one after the last. */
export interface AddressRange {
  readonly from: bigint;
  readonly to: bigint;
}

/** Smaller ones are not worth a call. */
const leastResidentKb = 256;
const header = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \S+ +(\/.*)$/;
const anyHeader = /^[0-9a-f]+-[0-9a-f]+ /;

/**
 * Of /proc/PID/smaps, proc_pid_smaps(5): private mappings of files that nobody may write and nobody
 * has written (no page of them is anonymous), so that each page comes back from its file unchanged.
 */
export function cleanFileMappings(smaps: string): AddressRange[] {
  const found: AddressRange[] = [];
  let current: (AddressRange & { residentKb: number }) | null = null;
  for (const line of smaps.split('\n')) {
    if (anyHeader.test(line)) {
      current = opened(line);
      continue;
    }
    if (current === null) continue;
    const [, field, kb] = /^(Rss|Anonymous): +(\d+) kB$/.exec(line) ?? [];
    if (field === 'Rss') current.residentKb = Number(kb);
    // It comes after Rss. A kernel that does not tell it leaves nothing to choose.
    if (field === 'Anonymous' && Number(kb) === 0 && current.residentKb >= leastResidentKb)
      found.push({ from: current.from, to: current.to });
  }
  return found;
}

function opened(line: string) {
  const [, from, to, rights] = header.exec(line) ?? [];
  if (!from || !to || !rights || rights[1] === 'w' || rights[3] !== 'p') return null;
  return { from: BigInt(`0x${from}`), to: BigInt(`0x${to}`), residentKb: 0 };
}
