/**
 * The layouts 2 and 3, as far as they differ from the present one: what an agent of them left in its
 * ring and its maps is read.
 */
export const readableLayouts: readonly number[] = [2, 3];

export const olderLayout = {
  signal: {
    size: 64,
    sender: 0,
    firstNs: 24,
    lastNs: 32,
    address: 40,
    count: 48,
    code: 52,
    signal: 56,
    info: 57,
    flags: 58,
    result: 59,
  },
  death: {
    head: 0,
    process: 16,
    slots: 504,
    maxrssPages: 824,
    cpuNs: 832,
    cpuLimitS: 840,
    exitCode: 848,
    lost: 852,
    threads: 856,
    oomScoreAdj: 860,
    oomMarked: 862,
    exitCall: 863,
    tail: 864,
  },
  pending: { size: 328, slots: 0, evicted: 320, threads: 324 },
} as const;
