import { z } from 'zod';
import { eventBase } from './base.ts';

/** systemd about a unit: `state` is what happened to it, in systemd's words. */
export const UnitEvent = z.object({
  kind: z.literal('unit'),
  ...eventBase,
  unit: z.string(),
  /** starting, started, stopping, stopped, failed, process-exited, timeout, watchdog, restarting, killed, oom … */
  state: z.string(),
  /** Unit result: success, exit-code, signal, core-dump, timeout, watchdog, oom-kill … */
  result: z.string().nullish(),
  /** exited, killed, dumped. */
  code: z.string().nullish(),
  /** Exit status or signal number, as printed. */
  status: z.union([z.string(), z.number()]).nullish(),
  pid: z.number().int().nullish(),
  comm: z.string().nullish(),
  text: z.string().nullish(),
});
export type UnitEvent = z.infer<typeof UnitEvent>;

export const CoredumpEvent = z.object({
  kind: z.literal('coredump'),
  ...eventBase,
  pid: z.number().int(),
  comm: z.string(),
  exe: z.string().nullish(),
  uid: z.number().int().nullish(),
  /** systemd unit that it belonged to. */
  unit: z.string().nullish(),
  signal: z.string().nullish(),
});

/** A user-space OOM daemon killed or signalled; null where the log does not say. */
export const OomDaemonKillEvent = z.object({
  kind: z.literal('oom-daemon-kill'),
  ...eventBase,
  daemon: z.string(),
  pid: z.number().int().nullable(),
  comm: z.string().nullable(),
  uid: z.number().int().nullish(),
  cgroup: z.string().nullable(),
  unit: z.string().nullable(),
  signal: z.string().nullable(),
  text: z.string().nullish(),
});

/** A program's log says that a signal ended a process: a child of it as a rule, rarely itself. */
export const ReportedEndEvent = z.object({
  kind: z.literal('reported-end'),
  ...eventBase,
  /** postgres, nginx, supervisord, bash … */
  reporter: z.string(),
  pid: z.number().int().nullable(),
  /** Name by which the reporter knows it. */
  comm: z.string().nullable(),
  signal: z.string(),
  coreDumped: z.boolean().nullish(),
  text: z.string().nullish(),
});

/** A container runtime, kubelet or batch scheduler says that it ended something. */
export const WorkloadEvent = z.object({
  kind: z.literal('workload'),
  ...eventBase,
  /** docker, containerd, kubelet, slurm … */
  manager: z.string(),
  /** stopped, oom, evicted, liveness-failed, cancelled, time-limit … */
  action: z.string(),
  workload: z.string().nullish(),
  pid: z.number().int().nullish(),
  reason: z.string().nullish(),
});
