import { z } from 'zod';
import { Process } from '../process.ts';
import { BootMicros, Instant } from '../time.ts';
import { eventBase } from './base.ts';

/**
 * What `kernel_siginfo *` was when the signal was generated (trace/events/signal.h):
 * `user` a real siginfo, `none` SEND_SIG_NOINFO, `kernel` SEND_SIG_PRIV.
 * Only `user` with SI_USER (0) or SI_TKILL (−6), or one that was `queued`, names a sender.
 */
export const SignalInfo = z.enum(['user', 'none', 'kernel']);

/** A signal that reached the victim and could have ended it. */
export const FatalSignal = z.object({
  /** `SIGKILL`; see signal.ts. */
  signal: z.string(),
  info: SignalInfo,
  /** si_code; null unless `info` is `user`. */
  code: z.number().int().nullable(),
  /** Sent to the process (true) or to one thread. */
  group: z.boolean(),
  /** TRACE_SIGNAL_*: `ignored` and `dropped` are near misses, never a cause. */
  result: z.enum(['delivered', 'ignored', 'pending', 'dropped']),
  at: Instant,
  bootUs: BootMicros,
  /** How often the same sender sent the same signal to this victim; `at` is the first. */
  count: z.number().int().positive().default(1),
  /** Time of the last of `count` equal signals; absent when there was one. */
  lastBootUs: BootMicros.nullish(),
  /** Time of the last of them that was delivered; absent when later ones did not merge into it. */
  deliveredBootUs: BootMicros.nullish(),
  /** Fault address as lower-case hex without 0x; null unless the signal is a fault. */
  address: z.string().nullish(),
  /** The task that ran when the signal was generated was the victim itself. */
  currentIsVictim: z.boolean(),
  /** That task was already exiting (PF_EXITING). */
  currentExiting: z.boolean().default(false),
  /** That task was a kernel thread (PF_KTHREAD). */
  currentKernelThread: z.boolean().default(false),
  /**
   * That task handed the siginfo over in a system call (rt_sigqueueinfo(2) and its like), so it is
   * the sender whatever `code` says. Absent: not looked at.
   */
  queued: z.boolean().optional(),
  /** That task traces the victim and sent the signal by ptrace(2). */
  currentTraces: z.boolean().optional(),
  /**
   * Of a signal that the kernel sends for timers and processor time: such a timer of the victim had
   * just run out, or its limits were being looked at. Absent: not looked at.
   */
  timed: z.boolean().optional(),
  /**
   * The task that ran: the sender where the kernel says so, else often a bystander.
   * Null when `currentIsVictim`, or when it could not be recorded.
   */
  current: Process.nullable(),
  /** The most that may be concluded from `info` and `current`, where the source cannot tell for certain. */
  doubt: z.enum(['likely', 'possible']).optional(),
});
export type FatalSignal = z.infer<typeof FatalSignal>;

/** How the thread group ended: one of `code` and `signal` is set, neither where the source cannot tell. */
export const Exit = z.object({
  code: z.number().int().nullable(),
  signal: z.string().nullable(),
  coreDumped: z.boolean(),
  /** It exited, but the source cannot tell with which code. */
  byItself: z.boolean().optional(),
});
export type Exit = z.infer<typeof Exit>;

/** A thread group is gone: who it was, how it ended, and the last signals that could have ended it. */
export const DeathEvent = z.object({
  kind: z.literal('death'),
  ...eventBase,
  victim: Process,
  exit: Exit,
  /** Oldest first. */
  signals: z.array(FatalSignal).max(16),
  /** Signals that may have had to do with the end, and whose records are missing. */
  signalsLost: z.number().int().nonnegative().default(0),
  /** The kernel's OOM killer chose this process (`oom:mark_victim`). */
  oomMarked: z.boolean().default(false),
  lifetimeMs: z.number().nonnegative().nullish(),
  peakRssBytes: z.number().int().nonnegative().nullish(),
  /** Time on processors, all threads. */
  cpuTimeMs: z.number().nonnegative().nullish(),
  /** Hard limit of that time (RLIMIT_CPU) in seconds; null when there is none. */
  cpuLimitS: z.number().nonnegative().nullish(),
  /** Real-time processing without sleep when the kernel last sent the process SIGXCPU or SIGKILL. */
  realTimeUs: z.number().nonnegative().nullish(),
  /** Its limit then: the hard RLIMIT_RTTIME for a SIGKILL, else the soft one. */
  realTimeLimitUs: z.number().nonnegative().nullish(),
  oomScoreAdj: z.number().int().nullish(),
  threads: z.number().int().nullish(),
  /** Called exit_group(2) (true), or its last thread just ended (false); null when not known. */
  exitGroup: z.boolean().nullish(),
  /** An exec(2) that could not be finished any more; or none since it was forked. */
  exec: z.enum(['failed', 'never']).optional(),
  /** It was traced, and a tracer may put in signals that nobody else sees. */
  traced: z.boolean().optional(),
  /** Under seccomp's strict mode, whose SIGKILL no signal precedes. */
  seccompStrict: z.boolean().optional(),
});
export type DeathEvent = z.infer<typeof DeathEvent>;
