import { z } from 'zod';
import { Instant } from '../time.ts';
import { eventBase } from './base.ts';

/** Of the utmp record that the event comes from: its type, ut_line, and where it begins in its file. */
const utmpRecord = {
  record: z.string().nullish(),
  line: z.string().nullish(),
  pid: z.number().int().nullish(),
  user: z.string().nullish(),
  utmpId: z.string().nullish(),
  addr: z.string().nullish(),
  offset: z.number().int().nonnegative().nullish(),
};

export const BootEvent = z.object({
  kind: z.literal('boot'),
  ...eventBase,
  bootId: z.string().nullish(),
  kernel: z.string().nullish(),
  /** What an agent found out about the boot before, at its first start in this one. */
  previousBootId: z.string().nullish(),
  /** When that was last seen alive. */
  previousSeenAt: Instant.nullish(),
  /** shutdown: on record; panic: the kernel left a dump; no-record: a record was to be expected; not-known. */
  previousEnd: z.enum(['shutdown', 'panic', 'no-record', 'not-known']).nullish(),
  /** The record, or where it was looked for. */
  text: z.string().nullish(),
  ...utmpRecord,
});

export const ShutdownEvent = z.object({
  kind: z.literal('shutdown'),
  ...eventBase,
  /** poweroff, reboot, halt, kexec, or what the record says. */
  how: z.string().nullish(),
  kernel: z.string().nullish(),
  ...utmpRecord,
});

/** A record of process accounting, acct(5). */
export const ProcessAccountingEvent = z.object({
  kind: z.literal('process-accounting'),
  ...eventBase,
  comm: z.string(),
  pid: z.number().int().nullish(),
  ppid: z.number().int().nullish(),
  uid: z.number().int().nullish(),
  gid: z.number().int().nullish(),
  tty: z.number().int().nullish(),
  startedAt: Instant.nullish(),
  elapsedMs: z.number().nullish(),
  exitCode: z.number().int().nullish(),
  signal: z.string().nullish(),
  coreDumped: z.boolean().nullish(),
  /** Forked and never called exec (AFORK). */
  forkedOnly: z.boolean().nullish(),
  /** Used super-user rights (ASU). */
  superUser: z.boolean().nullish(),
});
