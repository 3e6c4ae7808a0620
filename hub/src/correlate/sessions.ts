import type { EventOf } from '@coroner/schema/event/event';

/** A record of a login, with its place in time. */
export interface LoginRecord {
  id: string;
  host: string;
  at: string;
  event: EventOf<'login'>;
}

/** What the records of one login say together. */
export interface Login {
  id: string;
  host: string;
  start: string;
  user: string | null;
  tty: string | null;
  from: string | null;
  service: string | null;
  method: string | null;
  sessionId: string | null;
  /** Of the processes that the records name: the daemon's, the shell's. */
  pids: number[];
  /** Of the other ends of its connections, with their address. */
  ports: string[];
  eventIds: string[];
}

/** sshd, PAM, logind, wtmp and audit write within seconds of each other about one login. */
export const sameLoginWithinMs = 10_000;

/** Joins records of the same login; any order in, newest login first out. */
export function loginsOf(records: readonly LoginRecord[]): Login[] {
  const oldestFirst = [...records].sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
  const logins: Login[] = [];
  const recent = new Map<string, Login[]>();
  for (const record of oldestFirst) {
    const group = `${record.host}\0${record.event.user ?? ''}`;
    const atMs = Date.parse(record.at);
    const near = (recent.get(group) ?? []).filter(
      (login) => atMs - Date.parse(login.start) <= sameLoginWithinMs,
    );
    const login = near.findLast((one) => isSame(one, record.event));
    if (login) add(login, record);
    else {
      const opened = open(record);
      logins.push(opened);
      near.push(opened);
    }
    recent.set(group, near);
  }
  return logins.reverse();
}

/** By its session, process or connection; else a record of another kind that contradicts nothing. */
function isSame(login: Login, event: LoginRecord['event']): boolean {
  const sessions = [sessionOf(event), login.sessionId].filter((session) => session !== null);
  // logind may count otherwise (`c1`) than audit: only numbers tell two apart.
  if (sessions.length === 2 && sessions.every((session) => /^\d+$/.test(session)))
    return sessions[0] === sessions[1];
  if (typeof event.pid === 'number' && login.pids.includes(event.pid)) return true;
  const port = portOf(event);
  if (port !== null && login.ports.includes(port)) return true;
  if (sessions.length === 2) return sessions[0] === sessions[1];
  const tty = terminalOf(event);
  const oneKnowsTheTerminal = (tty === null) !== (login.tty === null);
  return oneKnowsTheTerminal && Boolean(event.from) && event.from === login.from;
}

function open({ id, host, at, event }: LoginRecord): Login {
  return {
    id,
    host,
    start: at,
    user: event.user,
    tty: terminalOf(event),
    from: event.from ?? null,
    service: event.service ?? null,
    method: event.method ?? null,
    sessionId: sessionOf(event),
    pids: typeof event.pid === 'number' ? [event.pid] : [],
    ports: [portOf(event) ?? []].flat(),
    eventIds: [id],
  };
}

function add(login: Login, { id, event }: LoginRecord): void {
  login.tty ??= terminalOf(event);
  login.from ??= event.from ?? null;
  login.service ??= event.service ?? null;
  login.method ??= event.method ?? null;
  login.sessionId ??= sessionOf(event);
  if (typeof event.pid === 'number' && !login.pids.includes(event.pid)) login.pids.push(event.pid);
  const port = portOf(event);
  if (port !== null && !login.ports.includes(port)) login.ports.push(port);
  login.eventIds.push(id);
}

const sessionOf = ({ session }: LoginRecord['event']): string | null =>
  session == null ? null : String(session);

const portOf = ({ from, port }: LoginRecord['event']): string | null =>
  from && typeof port === 'number' ? `${from} ${port}` : null;

/** `/dev/pts/2` → `pts/2`; `ssh` and `:0` belong to many sessions and are none. */
function terminalOf({ tty }: LoginRecord['event']): string | null {
  const name = tty?.replace(/^\/dev\//, '') ?? '';
  return /^(?:pts\/|tty)/.test(name) ? name : null;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
