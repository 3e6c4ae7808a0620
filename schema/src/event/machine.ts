import { z } from 'zod';
import { Instant } from '../time.ts';
import { eventBase } from './base.ts';

/** One package that a package manager put on the host, changed or took away. */
export const PackageChangeEvent = z.object({
  kind: z.literal('package-change'),
  ...eventBase,
  /** dpkg, rpm, pacman. */
  manager: z.string(),
  /** install, upgrade, downgrade, reinstall, remove. */
  action: z.string(),
  package: z.string(),
  fromVersion: z.string().nullish(),
  toVersion: z.string().nullish(),
});
export type PackageChangeEvent = z.infer<typeof PackageChangeEvent>;

/** One run of a package manager, from /var/log/apt/history.log; `at` is its end, or its start while it has none. */
export const PackageRunEvent = z.object({
  kind: z.literal('package-run'),
  ...eventBase,
  manager: z.string(),
  startedAt: Instant.nullish(),
  endedAt: Instant.nullish(),
  command: z.string().nullish(),
  /** Who asked for it, through sudo or polkit. */
  user: z.string().nullish(),
  uid: z.number().int().nullish(),
  /** Names of packages, without their architecture. */
  packages: z.array(z.string()),
  error: z.string().nullish(),
});
export type PackageRunEvent = z.infer<typeof PackageRunEvent>;

/** The wall clock was set, not slewed: positive when it was moved ahead. */
export const ClockStepEvent = z.object({
  kind: z.literal('clock-step'),
  ...eventBase,
  byMs: z.number(),
});

/** An agent started. */
export const AgentStartEvent = z.object({
  kind: z.literal('agent-start'),
  ...eventBase,
  pid: z.number().int(),
  version: z.string().nullish(),
});

/** An agent was told to stop, and stopped. */
export const AgentStopEvent = z.object({
  kind: z.literal('agent-stop'),
  ...eventBase,
  pid: z.number().int(),
  /** systemd was shutting the host down at that time; null where there is no systemd to ask. */
  hostStopping: z.boolean().nullish(),
  /** The kernel records on, and the next agent tells what happened meanwhile. */
  recordsOn: z.boolean().optional(),
});
