import { z } from 'zod';
import { eventBase } from './base.ts';

const kB = z.number().int().nonnegative().nullish();

/** One row of the task dump of an OOM report; `rss` in pages, as printed. */
export const OomTask = z.object({
  pid: z.number().int(),
  uid: z.number().int().nullish(),
  tgid: z.number().int().nullish(),
  totalVm: z.number().int().nullish(),
  rss: z.number().int().nullish(),
  oomScoreAdj: z.number().int().nullish(),
  comm: z.string(),
});

/** The kernel's OOM killer killed `pid`. Not printed = null, which is not 0. */
export const OomKillEvent = z.object({
  kind: z.literal('oom-kill'),
  ...eventBase,
  pid: z.number().int(),
  comm: z.string(),
  uid: z.number().int().nullish(),
  constraint: z.enum(['none', 'cpuset', 'memory_policy', 'memcg']).nullish(),
  oomMemcg: z.string().nullish(),
  taskMemcg: z.string().nullish(),
  totalVmKb: kB,
  anonRssKb: kB,
  fileRssKb: kB,
  shmemRssKb: kB,
  pgtablesKb: kB,
  oomScoreAdj: z.number().int().nullish(),
  /** Whose allocation failed: not the culprit, often not even in the same program. */
  invokedBy: z.string().nullish(),
  invokedByPid: z.number().int().nullish(),
  tasks: z.array(OomTask).nullish(),
  /** Whether the memory of the host (or of some of its nodes) ran out, or that of a cgroup. */
  scope: z.enum(['global', 'memcg']).nullish(),
  /** Of the allocation that failed, in powers of two pages; -1: sysrq-f. */
  order: z.number().int().nullish(),
  /** NUMA nodes that it could use, as printed: `0-1`. */
  memsAllowed: z.string().nullish(),
  /** Memory of the host at that moment: free in all zones, swap. */
  freeKb: kB,
  swapFreeKb: kB,
  swapTotalKb: kB,
  /** Memory of the cgroup that ran out: usage, limit, how often it hit it. */
  usageKb: kB,
  limitKb: kB,
  failcnt: z.number().int().nullish(),
  /** A person asked for it (sysrq-f): memory was not short. */
  manual: z.boolean().nullish(),
  /** The report says that the whole cgroup goes (memory.oom.group). */
  group: z.boolean().nullish(),
  kernel: z.string().nullish(),
  /** Before 5.x: the process that was chosen but lived, because a child was sacrificed. */
  nominatedPid: z.number().int().nullish(),
  nominatedComm: z.string().nullish(),
  score: z.number().int().nullish(),
});
export type OomKillEvent = z.infer<typeof OomKillEvent>;

/** A fault line of the kernel. `pid` is as printed, and that is a thread id. */
export const CrashEvent = z.object({
  kind: z.literal('crash'),
  ...eventBase,
  pid: z.number().int(),
  comm: z.string(),
  /** segfault, general-protection, invalid-opcode, divide-error, … */
  trap: z.string(),
  /** Lower-case hex without 0x, as printed. */
  address: z.string().nullish(),
  ip: z.string().nullish(),
  sp: z.string().nullish(),
  error: z.number().int().nullish(),
  object: z.string().nullish(),
});
export type CrashEvent = z.infer<typeof CrashEvent>;

/** The kernel poisoned a page and dealt with a process that had it mapped. */
export const MemoryFailureEvent = z.object({
  kind: z.literal('memory-failure'),
  ...eventBase,
  pid: z.number().int().nullish(),
  comm: z.string().nullish(),
  pfn: z.string().nullish(),
  action: z.string().nullish(),
});

/** A panic, an oops, or a sysrq that kills. */
export const KernelPanicEvent = z.object({
  kind: z.literal('kernel-panic'),
  ...eventBase,
  message: z.string(),
  pid: z.number().int().nullish(),
  comm: z.string().nullish(),
  kernel: z.string().nullish(),
});

export const SysrqEvent = z.object({
  kind: z.literal('sysrq'),
  ...eventBase,
  action: z.enum(['oom', 'terminate-all', 'kill-all', 'sak', 'crash', 'reboot']),
  pid: z.number().int().nullish(),
  comm: z.string().nullish(),
});
