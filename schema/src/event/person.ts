import { z } from 'zod';
import { eventBase } from './base.ts';

const session = {
  user: z.string().nullable(),
  tty: z.string().nullish(),
  /** Address or host name that the person came from. */
  from: z.string().nullish(),
  port: z.number().int().nullish(),
  pid: z.number().int().nullish(),
  /** sshd, su, sudo, login, cron … */
  service: z.string().nullish(),
  /** publickey, password … */
  method: z.string().nullish(),
  /** Of the key that was accepted, as sshd prints it. */
  fingerprint: z.string().nullish(),
  /** Audit or logind session. */
  session: z.union([z.number().int(), z.string()]).nullish(),
  /** Audit login uid and its name. */
  auid: z.number().int().nullish(),
  auditUser: z.string().nullish(),
  /** Type of the audit or utmp record, such as USER_LOGIN or DEAD_PROCESS. */
  record: z.string().nullish(),
  /** Audit: serial of the event. */
  serial: z.number().int().nullish(),
  /** utmp: ut_line, ut_id, ut_addr_v6 and where the record begins in its file. */
  line: z.string().nullish(),
  utmpId: z.string().nullish(),
  addr: z.string().nullish(),
  offset: z.number().int().nonnegative().nullish(),
  /** utmp: how the process ended. */
  exitStatus: z.number().int().nullish(),
  signal: z.string().nullish(),
};

export const LoginEvent = z.object({ kind: z.literal('login'), ...eventBase, ...session });
export const LogoutEvent = z.object({ kind: z.literal('logout'), ...eventBase, ...session });
export const LoginFailedEvent = z.object({
  kind: z.literal('login-failed'),
  ...eventBase,
  ...session,
});

/** One user acted as another: a sudo or su line. */
export const PrivilegeEvent = z.object({
  kind: z.literal('privilege'),
  ...eventBase,
  user: z.string().nullable(),
  asUser: z.string().nullish(),
  tty: z.string().nullish(),
  cwd: z.string().nullish(),
  command: z.string().nullish(),
  service: z.string().nullish(),
  pid: z.number().int().nullish(),
  /** Audit session and login uid, where the journal has them. */
  session: z.number().int().nullish(),
  auid: z.number().int().nullish(),
});

/** Somebody's ssh to another host: its connection, by which the host at the other end finds the person. */
export const SshClientEvent = z.object({
  kind: z.literal('ssh-client'),
  ...eventBase,
  pid: z.number().int(),
  /** Name of its audit login uid, else of its uid. */
  user: z.string().nullable(),
  session: z.number().int().nullish(),
  tty: z.string().nullish(),
  /** Where the person came from in turn. */
  from: z.string().nullish(),
  /** The other end. */
  to: z.string(),
  toPort: z.number().int(),
  /** The port on this host, which the other end sees. */
  port: z.number().int(),
});
export type SshClientEvent = z.infer<typeof SshClientEvent>;

/** A line of shell history (opt-in), redacted. */
export const ShellCommandEvent = z.object({
  kind: z.literal('shell-command'),
  ...eventBase,
  user: z.string().nullish(),
  command: z.string(),
  shell: z.string().nullish(),
  line: z.number().int().nullish(),
});
