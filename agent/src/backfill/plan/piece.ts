import { z } from 'zod';

/** What may be read of the past, in the order in which it is. */
export const formats = [
  'journal',
  'wtmp',
  'btmp',
  'coredumps',
  'pstore',
  'audit',
  'log',
  'packages',
  'pacct',
] as const;

/** One file of the past, or one store of it (the journal, the folder of cores), and how far it is read. */
export const Piece = z.object({
  format: z.enum(formats),
  path: z.string(),
  /** By which a file is known when it is renamed; null for what is no single file. */
  ino: z.number().nullable(),
  /** On disk, when it was found. */
  bytes: z.number().nonnegative(),
  /** When it was last written; for the journal, up to when it is read. */
  changedAt: z.string(),
  /** It is still written, and followed from here on: what comes later is not the past. */
  isLive: z.boolean(),
  /** Bytes that were used up, uncompressed; for the journal, ms since 1970. */
  offset: z.number().nonnegative(),
  events: z.number().nonnegative(),
  state: z.enum(['waiting', 'read', 'unread']),
  /** Why not all of it could be read. */
  why: z.string().nullable(),
});
export type Piece = z.infer<typeof Piece>;
