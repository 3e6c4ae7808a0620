import type { Event } from '../../event/event.ts';
import type { Origin } from '../../http/answer.ts';
import type { Ancestor, Process } from '../../process.ts';
import { lineage, type Reference, startedAt } from './ancestor.ts';
import { isBecomer } from './becoming.ts';
import { isLoginDaemon, isMultiplexer } from './daemons.ts';
import type { Found } from './found.ts';
import { isAddress, isForgeable, isTerminal, loginsOf } from './logins.ts';
import { asClient, onlyClient } from './multiplexer.ts';

type LoginOrigin = Extract<Origin, { type: 'login-session' }>;

/** A process in somebody's session: by its audit session, or below a daemon that logs people in. */
export function loginOrigin(
  process: Process,
  evidence: readonly Event[],
  reference: Reference,
): Found<LoginOrigin> | null {
  const above = lineage(process);
  const isInMultiplexer = above.slice(1).some(isMultiplexer);
  const client = isInMultiplexer ? onlyClient(process, process.auditUser ?? null) : null;
  if (client) return sessionOrigin(asClient(process, client), evidence, reference);
  // The terminal within a multiplexer is not that of the session which began it.
  const inSession = isInMultiplexer ? { ...process, tty: null } : process;
  const found = sessionOrigin(inSession, evidence, reference);
  if (!found) return null;
  // Who started the multiplexer need not be who used it.
  const isFar = isInMultiplexer || isDetached(process, above);
  return isFar ? { ...found, origin: { ...found.origin, detached: true } } : found;
}

function sessionOrigin(
  process: Process,
  evidence: readonly Event[],
  reference: Reference,
): Found<LoginOrigin> | null {
  const above = lineage(process);
  const place = above.findIndex((ancestor, index) => index > 0 && isLoginDaemon(ancestor));
  const daemon = above[place];
  const isKnown = typeof process.auditSession === 'number' || Boolean(process.remote);
  if (!daemon && !isKnown) return null;
  // Whom sudo or su made of somebody since does not matter: the first process of the session is theirs.
  const first = daemon ? above[place - 1] : null;
  const owner =
    process.auditUser ?? first?.user ?? (above.some(isBecomer) ? null : process.user) ?? null;
  const logins = loginsOf(process, owner, evidence, reference);
  // Any user may write a line of a text log: it counts where there is nothing else.
  const told = logins.some((one) => !isForgeable(one))
    ? logins.filter((one) => !isForgeable(one))
    : logins;
  const login = told.find(({ from }) => isAddress(from)) ?? told[0];
  const user = owner ?? login?.user ?? null;
  // cron opens audit sessions too: where nothing above is known, only a login or a terminal tells.
  const isPlaced =
    process.ancestry.length > 0 || login || process.remote || isTerminal(process.tty);
  if (user === null || !isPlaced) return null;
  return {
    origin: {
      type: 'login-session',
      user,
      sessionId: process.auditSession ?? null,
      tty: told.find(({ tty }) => isTerminal(tty))?.tty ?? process.tty ?? null,
      // The kernel knows the connection; a line of a log anybody may write.
      from: process.remote ?? (isAddress(login?.from) ? login.from : null),
      since: login?.at ?? (daemon ? startedAt(daemon, reference) : null),
    },
    cites: login ? [login] : [],
  };
}

/** It has no terminal and nothing that lets people in above it: it outlived its session, or is a daemon. */
function isDetached(process: Process, above: readonly Ancestor[]): boolean {
  const root = 1;
  if (process.tty || above.at(-1)?.pid !== root) return false;
  return !above.slice(1).some(isLoginDaemon);
}
