import { z } from 'zod';
import { BootMicros, Instant } from '../time.ts';

/** Where an event was read. */
export const sources = [
  'probe',
  'tracefs',
  'proc',
  'kmsg',
  'log',
  'journal',
  'audit',
  'wtmp',
  'logind',
  'crontab',
  'pacct',
  'shell-history',
  'coredump',
  'pstore',
  'packages',
  'agent',
  'hub',
] as const;
export const Source = z.enum(sources);
export type Source = z.infer<typeof Source>;

/** What every event carries. An event is flat: these fields and the facts of its kind. */
export const eventBase = {
  /** Deterministic: the same fact read twice has the same id (see `eventId`). */
  id: z.string().min(8).max(64),
  source: Source,
  /** Wall clock of the host; null where the source carries no usable time. */
  at: Instant.nullable(),
  bootUs: BootMicros.nullish(),
  /** Name of the host that wrote the line, where it says so. */
  host: z.string().nullish(),
  /** Read from what the host remembered from before the agent ran. */
  backfilled: z.boolean().optional(),
  /** It was too long to ship: long texts end with `…`, long lists are cut. */
  shortened: z.boolean().optional(),
};
