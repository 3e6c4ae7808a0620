import { z } from 'zod';
import { BootMicros, Instant } from './time.ts';

/** A process above another in the tree, nearest first. */
export const Ancestor = z.object({
  pid: z.number().int(),
  comm: z.string(),
  /** With the pid this identifies the process within one boot; null where the source does not tell. */
  startUs: BootMicros.nullish(),
  uid: z.number().int().nullish(),
  /** Name of `uid` on its host. */
  user: z.string().nullish(),
  cmdline: z.array(z.string()).nullish(),
});
export type Ancestor = z.infer<typeof Ancestor>;

/** A terminal of a person from which a tmux or screen is used. */
export const AttachedClient = z.object({
  pid: z.number().int(),
  startUs: BootMicros.nullish(),
  uid: z.number().int().nullish(),
  /** Name of its audit login uid, else of its uid. */
  user: z.string().nullish(),
  auditSession: z.number().int().nullish(),
  tty: z.string().nullish(),
  remote: z.string().nullish(),
  remotePort: z.number().int().nullish(),
});
export type AttachedClient = z.infer<typeof AttachedClient>;

/**
 * A process as it was at one moment. Pids and ids are those of the initial namespaces.
 * Identity is host + boot + `pid` + `startUs`: pids are reused, this never is.
 */
export const Process = z.object({
  pid: z.number().int(),
  comm: z.string(),
  startUs: BootMicros.nullish(),
  startedAt: Instant.nullish(),
  exe: z.string().nullish(),
  /** Redacted argv; null when it could not be read. */
  cmdline: z.array(z.string()).nullish(),
  /** The argv was longer than what was read. */
  cmdlineTruncated: z.boolean().nullish(),
  uid: z.number().int().nullish(),
  euid: z.number().int().nullish(),
  gid: z.number().int().nullish(),
  /** Name of `uid` on its host. */
  user: z.string().nullish(),
  /** Audit login uid (who logged in, whatever sudo did since); null when unset. */
  auid: z.number().int().nullish(),
  /** Name of `auid` on its host. */
  auditUser: z.string().nullish(),
  /** Audit session; null when unset. */
  auditSession: z.number().int().nullish(),
  /** Controlling terminal, such as `pts/2`. */
  tty: z.string().nullish(),
  /** Address of the other end of the connection of the sshd above it. */
  remote: z.string().nullish(),
  /** Port of that end. */
  remotePort: z.number().int().nullish(),
  /** Clients of the tmux or screen above it at that time; absent when nobody looked. */
  attached: z.array(AttachedClient).max(16).nullish(),
  pgid: z.number().int().nullish(),
  sid: z.number().int().nullish(),
  /** Path of the cgroup in the unified hierarchy; on cgroup v1 of the memory controller, or systemd's own. */
  cgroup: z.string().nullish(),
  /** systemd unit, from the cgroup. */
  unit: z.string().nullish(),
  /** Container id, from the cgroup. */
  container: z.string().nullish(),
  /** Uid of the Kubernetes pod, from the cgroup. */
  pod: z.string().nullish(),
  /** Inode of the pid namespace, and the pid within it where that differs. */
  pidNamespace: z.number().int().nullish(),
  innerPid: z.number().int().nullish(),
  ancestry: z.array(Ancestor).default([]),
});
export type Process = z.infer<typeof Process>;
