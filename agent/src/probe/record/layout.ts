/**
 * Offsets and sizes in bytes of agent/probe/records.h, little-endian. A test compares them with what
 * the C compiler says.
 */
export const layoutVersion = 3;

/** Older layouts whose ring, `actors` and `procs` are the same: what is left of them can be read. */
export const readableLayouts: readonly number[] = [2];

export const maxima = { argv: 1024, ancestors: 12, slots: 5, stopSlots: 3, procExe: 512 } as const;

export const layout = {
  policy: { size: 16, shortLivedNs: 0, shipAllEnds: 8, scopePidns: 12 },
  key: { size: 24, startNs: 0, tgid: 8, uid: 12, execId: 16 },
  ancestor: { size: 32, startNs: 0, tgid: 8, uid: 12, comm: 16 },
  head: { size: 16, atNs: 0, kind: 8 },
  process: {
    size: 488,
    key: 0,
    euid: 24,
    gid: 28,
    loginuid: 32,
    sessionid: 36,
    pgid: 40,
    sid: 44,
    pidns: 48,
    innerPid: 52,
    argvTotal: 56,
    exeLen: 60,
    cgroupLen: 62,
    argvLen: 64,
    flags: 66,
    ancestorCount: 67,
    comm: 72,
    tty: 88,
    ancestors: 104,
  },
  actor: { size: 2552, head: 0, process: 16, tail: 504 },
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
    size: 2912,
    head: 0,
    process: 16,
    slots: 504,
    maxrssPages: 824,
    cpuNs: 832,
    cpuLimitS: 840,
    exitCode: 848,
    evicted: 852,
    threads: 856,
    oomScoreAdj: 860,
    oomMarked: 862,
    exitCall: 863,
    tail: 864,
  },
  proc: {
    size: 1560,
    startNs: 0,
    execId: 8,
    argvTotal: 12,
    argvLen: 16,
    exeLen: 18,
    flags: 20,
    argv: 24,
    exe: 1048,
  },
  missKey: {
    size: 32,
    senderStartNs: 0,
    targetStartNs: 8,
    sender: 16,
    target: 20,
    uid: 24,
    signal: 28,
    result: 29,
  },
  miss: { size: 40, count: 0, senderComm: 8, targetComm: 24 },
  counters: {
    size: 72,
    exits: 0,
    nearMisses: 8,
    folded: 16,
    evicted: 24,
    deaths: 32,
    lost: 40,
    lostFirstNs: 48,
    lostLastNs: 56,
    toldNs: 64,
  },
} as const;

export const bytes = { comm: 16, tty: 16 } as const;

export const recordKind = { actor: 1, death: 2, request: 3 } as const;

export const processFlag = {
  argvCut: 1,
  exeCut: 2,
  cgroupCut: 4,
  fromExec: 8,
  seeded: 16,
} as const;

export const signalFlag = {
  group: 1,
  self: 2,
  senderExiting: 4,
  senderKthread: 8,
  nobody: 16,
} as const;
