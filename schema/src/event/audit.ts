import { z } from 'zod';
import { eventBase } from './base.ts';

/** A kill-family system call in the audit log, one event a target. */
export const KillSyscallEvent = z.object({
  kind: z.literal('kill-syscall'),
  ...eventBase,
  signal: z.string().nullish(),
  senderPid: z.number().int(),
  senderPpid: z.number().int().nullish(),
  senderExe: z.string().nullish(),
  senderComm: z.string().nullish(),
  senderUid: z.number().int().nullish(),
  /** Names where the log carries them (enriched by auditd, or `ausearch -i`). */
  senderUser: z.string().nullish(),
  auditUser: z.string().nullish(),
  targetUser: z.string().nullish(),
  auid: z.number().int().nullish(),
  session: z.number().int().nullish(),
  tty: z.string().nullish(),
  targetPid: z.number().int().nullish(),
  targetComm: z.string().nullish(),
  targetUid: z.number().int().nullish(),
  /** kill(2) of a process group: its id; 0 the sender's own group, 1 every process that it may signal. */
  targetGroup: z.number().int().nullish(),
  /** PROCTITLE, split at NULs and redacted. */
  cmdline: z.array(z.string()).nullish(),
  success: z.boolean().nullish(),
  /** Why it failed: `EPERM`, `ESRCH`. */
  error: z.string().nullish(),
  syscall: z.string().nullish(),
  serial: z.number().int().nullish(),
  /** Host that wrote the record, where auditd says so. */
  node: z.string().nullish(),
  key: z.string().nullish(),
});
export type KillSyscallEvent = z.infer<typeof KillSyscallEvent>;

/** ANOM_ABEND: a process ended by a signal that dumps core. */
export const AbnormalEndEvent = z.object({
  kind: z.literal('abnormal-end'),
  ...eventBase,
  pid: z.number().int(),
  comm: z.string(),
  exe: z.string().nullish(),
  signal: z.string().nullish(),
  uid: z.number().int().nullish(),
  user: z.string().nullish(),
  auid: z.number().int().nullish(),
  session: z.number().int().nullish(),
  reason: z.string().nullish(),
  serial: z.number().int().nullish(),
  node: z.string().nullish(),
});

/** Any other joined audit record group (SYSCALL, EXECVE, SECCOMP …). */
export const AuditRecordEvent = z.object({
  kind: z.literal('audit-record'),
  ...eventBase,
  serial: z.number().int(),
  types: z.array(z.string()),
  node: z.string().nullish(),
  syscall: z.union([z.number().int(), z.string()]).nullish(),
  pid: z.number().int().nullish(),
  comm: z.string().nullish(),
  exe: z.string().nullish(),
  signal: z.string().nullish(),
  uid: z.number().int().nullish(),
  user: z.string().nullish(),
  auid: z.number().int().nullish(),
  session: z.number().int().nullish(),
  cmdline: z.array(z.string()).nullish(),
});
