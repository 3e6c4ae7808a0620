import { z } from 'zod';
import { Process } from '../process.ts';
import { BootMicros, Instant } from '../time.ts';
import { eventBase } from './base.ts';

/** What a command line asks somebody else to end; see request/requested.ts. */
export const requestFacts = {
  /** What kind of thing it names. */
  of: z.enum(['unit', 'container', 'pod', 'host', 'crontab']),
  /** In the words of the command: stop, restart, kill, rm, poweroff, edit … */
  action: z.string(),
  /**
   * As typed; a unit with its suffix; of a crontab its file, or whose it is. Empty when it names none,
   * all, or the user's own.
   */
  targets: z.array(z.string()),
  /** Of a user's service manager. */
  ofUser: z.boolean().optional(),
  /** It ends only when what it asked for is done. */
  waits: z.boolean().optional(),
  /** shutdown(8): what is to happen later, or is called off. */
  dueAt: Instant.optional(),
  callsOff: z.boolean().optional(),
};

/**
 * Somebody ran a command that asks a service manager, a container runtime or the host's init to end
 * something, or changes a crontab: these do not record who asked. Told at its exec, and again when it has ended.
 */
export const RequestEvent = z.object({
  kind: z.literal('request'),
  ...eventBase,
  by: Process,
  ...requestFacts,
  /** Full ids (or pod uids) of what the names in `targets` stand for, where the host has them. */
  ids: z.array(z.string()).optional(),
  /** Only when told again: how the command ended; `exitCode` null when a signal ended it. */
  endedUs: BootMicros.optional(),
  exitCode: z.number().int().nullable().optional(),
});
export type RequestEvent = z.infer<typeof RequestEvent>;
