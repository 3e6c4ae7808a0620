/** A thread group: `startUs` is CLOCK_BOOTTIME; `id` are the key's bytes, as the kernel's maps have them. */
export interface ProcessKey {
  id: string;
  pid: number;
  startUs: number;
  uid: number;
  /** How often it called exec(2), counted from an ancestor. */
  execId: number;
}

export interface AncestorRecord {
  pid: number;
  startUs: number;
  uid: number;
  comm: string;
  /** tgid and start_boottime in the kernel's bytes: what finds it in the map `procs`. */
  id: string;
}

/** coroner_process and its tail. */
export interface ProcessRecord {
  key: ProcessKey;
  comm: string;
  euid: number;
  gid: number;
  auid: number | null;
  auditSession: number | null;
  pgid: number;
  sid: number;
  pidNamespace: number;
  innerPid: number;
  tty: string | null;
  exe: string | null;
  cgroup: string;
  argv: string[] | null;
  argvCut: boolean;
  /** argv and exe are those of the last exec. */
  fromExec: boolean;
  ancestors: readonly AncestorRecord[];
}

/** coroner_signal. */
export interface SignalRecord {
  number: number;
  sender: ProcessKey;
  firstUs: number;
  lastUs: number;
  /** The last of them that did not merge into one that was pending; null when all did. */
  deliveredUs: number | null;
  count: number;
  code: number;
  /** Lower-case hex without 0x. */
  address: string;
  info: 'none' | 'kernel' | 'user';
  group: boolean;
  self: boolean;
  senderExiting: boolean;
  senderKthread: boolean;
  nobody: boolean;
  /** The task that ran handed the siginfo over in a system call; null = not looked at. */
  queued: boolean | null;
  /** That task traces the victim, and sent it by ptrace(2). */
  tracer: boolean;
  /** A timer of the victim had run out, or its limits were being looked at; null = not looked at. */
  timed: boolean | null;
  pending: boolean;
}

export interface ActorRecord {
  kind: 'actor';
  atUs: number;
  process: ProcessRecord;
}

/** Somebody who may ask for an end, at the exec. */
export interface RequestRecord {
  kind: 'request';
  atUs: number;
  process: ProcessRecord;
}

export interface DeathRecord {
  kind: 'death';
  atUs: number;
  process: ProcessRecord;
  signals: SignalRecord[];
  maxrssPages: number;
  /** Time on processors, all threads, ns. */
  cpuNs: number;
  /** Hard RLIMIT_CPU in seconds; null = none. */
  cpuLimitS: number | null;
  /** At the last SIGXCPU or SIGKILL of the kernel to itself: ticks of real-time processing without sleep. */
  rtTicks: number;
  /** RLIMIT_RTTIME in µs then, soft or hard; null = none. */
  rtLimitUs: number | null;
  /** As wait4(2) gives it. */
  waitStatus: number;
  /** Signal records that may have mattered and are missing. */
  lost: number;
  threads: number;
  oomScoreAdj: number;
  oomMarked: boolean;
  exitGroup: boolean | null;
  /** Its last exec(2) went beyond the point of no return and did not succeed; null = not known. */
  execFailed: boolean | null;
  /** A tracer may have put a signal in. */
  traced: boolean;
  /** Under seccomp's strict mode when a signal ended it. */
  strictMode: boolean;
}

/** coroner_proc: what was read at exec. */
export interface ProcRecord {
  startUs: number;
  /** `execId` of the process after this exec; meaningless when seeded. */
  execId: number;
  seeded: boolean;
  argv: string[] | null;
}

/** coroner_counters, summed over all CPUs. */
export interface Counters {
  exits: number;
  nearMisses: number;
  folded: number;
  evicted: number;
  deaths: number;
  lost: number;
  lostFirstUs: number;
  lostLastUs: number;
  /** Of what was reported: when. */
  toldUs: number;
}
