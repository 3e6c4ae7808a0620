import { z } from 'zod';
import { Instant } from '../time.ts';
import { pageOf } from './pages.ts';

/** How a session is known to have ended. */
export const SessionEnd = z.enum(['logout', 'shutdown', 'boot', 'terminal-reused']);

/** Somebody was logged in: what the records of one login, and of its end, say together. */
export const Session = z.object({
  /** Of the first record of the login. */
  id: z.string(),
  host: z.string(),
  user: z.string().nullable(),
  tty: z.string().nullable(),
  /** Address or host name that the person came from. */
  from: z.string().nullable(),
  service: z.string().nullable(),
  method: z.string().nullable(),
  sessionId: z.string().nullable(),
  pid: z.number().int().nullable(),
  start: Instant,
  /** Null while it is open, as far as the records tell. */
  end: Instant.nullable(),
  open: z.boolean(),
  endedBy: SessionEnd.nullable(),
  /** All records of the login. */
  eventIds: z.array(z.string()),
});
export type Session = z.infer<typeof Session>;

/** The newest login first. */
export const SessionPage = pageOf(Session);
export type SessionPage = z.infer<typeof SessionPage>;
