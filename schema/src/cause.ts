import { z } from 'zod';

/** Every way in which Coroner can say that a process ended. The one list: tables, API and rules import it. */
export const causes = [
  'signal-from-process',
  'signal-to-self',
  'abort',
  'crash',
  'oom-host',
  'oom-cgroup',
  'oom-daemon',
  'cgroup-kill',
  'hangup',
  'session-ended',
  'service-stopped',
  'service-timeout',
  'container-stopped',
  'parent-died',
  'terminal-interrupt',
  'resource-limit',
  'broken-pipe',
  'timer',
  'seccomp',
  'hardware-memory',
  'exec-failed',
  'sysrq',
  'exit-ok',
  'exit-error',
  'last-thread-exited',
  'host-shutdown',
  'host-crash',
  'unknown',
] as const;

export const Cause = z.enum(causes);
export type Cause = z.infer<typeof Cause>;
