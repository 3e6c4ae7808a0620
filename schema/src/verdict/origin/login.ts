import type { Event, EventOf } from '../../event/event.ts';
import type { Origin } from '../../http/answer.ts';
import type { Process } from '../../process.ts';
import { lineage, startedAt } from './ancestor.ts';
import { isLoginDaemon } from './daemons.ts';

/** A process in somebody's session: by its audit session, or below a daemon that logs people in. */
export function loginOrigin(
  process: Process,
  evidence: readonly Event[],
  reference: { at: string | null; bootUs?: number | null | undefined },
): Origin | null {
  const above = lineage(process);
  const daemon = above.find(isLoginDaemon);
  const user = process.auditUser ?? null;
  if (!daemon && (user === null || typeof process.auditSession !== 'number')) return null;
  const login = loginOf(process, evidence);
  const name = user ?? login?.user ?? (daemon ? process.user : null);
  if (!name) return null;
  return {
    type: 'login-session',
    user: name,
    sessionId: process.auditSession ?? null,
    tty: process.tty ?? login?.tty ?? null,
    from: login?.from ?? process.remote ?? null,
    since: login?.at ?? (daemon ? startedAt(daemon, reference) : null),
  };
}

/** The newest login before the act that shares the session, an ancestor's pid, or user and terminal. */
function loginOf(process: Process, evidence: readonly Event[]): EventOf<'login'> | null {
  const pids = new Set(lineage(process).map((ancestor) => ancestor.pid));
  const logins = evidence
    .filter((event): event is EventOf<'login'> => event.kind === 'login')
    .filter((login) => !login.user || !process.auditUser || login.user === process.auditUser)
    .filter(
      (login) =>
        (typeof login.pid === 'number' && pids.has(login.pid)) ||
        (typeof process.auditSession === 'number' && login.session === process.auditSession) ||
        (Boolean(login.tty) && login.tty === process.tty && login.user === process.auditUser),
    )
    .sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
  return logins.findLast((login) => Boolean(login.from)) ?? logins.at(-1) ?? null;
}
