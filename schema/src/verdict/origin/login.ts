import type { Event, EventOf } from '../../event/event.ts';
import type { Origin } from '../../http/answer.ts';
import type { Ancestor, Process } from '../../process.ts';
import { lineage, startedAt } from './ancestor.ts';
import { isLoginDaemon } from './daemons.ts';
import type { Found } from './found.ts';

type Login = EventOf<'login'>;
type Reference = { at: string | null; bootUs?: number | null | undefined };

/** A process in somebody's session: by its audit session, or below a daemon that logs people in. */
export function loginOrigin(
  process: Process,
  evidence: readonly Event[],
  reference: Reference,
): Found<Extract<Origin, { type: 'login-session' }>> | null {
  const above = lineage(process);
  const place = above.findIndex((ancestor, index) => index > 0 && isLoginDaemon(ancestor));
  const daemon = above[place];
  if (!daemon && typeof process.auditSession !== 'number') return null;
  // Whom sudo or su made of somebody since does not matter: the first process of the session is theirs.
  const first = daemon ? above[place - 1] : null;
  const owner =
    process.auditUser ?? first?.user ?? (isAnother(above) ? null : process.user) ?? null;
  const logins = loginsOf(process, owner, evidence, reference);
  const login = logins.find(({ from }) => isAddress(from)) ?? logins[0];
  const user = owner ?? login?.user ?? null;
  if (user === null) return null;
  return {
    origin: {
      type: 'login-session',
      user,
      sessionId: process.auditSession ?? null,
      tty: logins.find(({ tty }) => isTerminal(tty))?.tty ?? process.tty ?? null,
      // The kernel knows the connection; a line of a log anybody may write.
      from: process.remote ?? (isAddress(login?.from) ? login.from : null),
      since: login?.at ?? (daemon ? startedAt(daemon, reference) : null),
    },
    cites: login ? [login] : [],
  };
}

/** Logins that began this session, root's own records first, then newest first: equal audit session, a process of it, or user and terminal. */
function loginsOf(
  process: Process,
  owner: string | null,
  evidence: readonly Event[],
  reference: Reference,
): Login[] {
  const above = lineage(process);
  const bootMs = bootedAtMs(reference);
  return evidence
    .filter((event): event is Login => event.kind === 'login' && event.at !== null)
    .filter(({ service }) => !service || !withinSession.has(service.toLowerCase()))
    .filter((login) => !login.user || owner === null || login.user === owner)
    .filter((login) => timeOf(login) >= bootMs && timeOf(login) <= timeOf(reference) + toleranceMs)
    .filter(
      (login) =>
        above.some((ancestor) => isLoginOf(login, ancestor, reference)) ||
        (typeof process.auditSession === 'number' && login.session === process.auditSession) ||
        (isTerminal(login.tty) && login.tty === process.tty && login.user === owner),
    )
    .sort((a, b) => Number(isForgeable(a)) - Number(isForgeable(b)) || timeOf(b) - timeOf(a));
}

/** Any user may write a line into syslog, under any name. */
const isForgeable = ({ source }: Login): boolean => source === 'log';

/** What opens a PAM session within that of a person, or for nobody. */
const withinSession: ReadonlySet<string> = new Set([
  'sudo',
  'sudo-i',
  'su',
  'su-l',
  'runuser',
  'runuser-l',
  'doas',
  'pkexec',
  'polkit-1',
  'cron',
  'crond',
  'atd',
  'systemd-user',
]);

/** Somewhere above it a person became another user. */
const isAnother = (above: readonly Ancestor[]): boolean =>
  above.some(({ comm }) => withinSession.has(comm));

const toleranceMs = 10_000;

/** The login names this process, and not one that had its pid before. */
function isLoginOf(login: Login, ancestor: Ancestor, reference: Reference): boolean {
  if (login.pid !== ancestor.pid) return false;
  const began = startedAt(ancestor, reference);
  return began === null || timeOf(login) >= Date.parse(began) - toleranceMs;
}

function bootedAtMs({ at, bootUs }: Reference): number {
  if (at === null || typeof bootUs !== 'number') return Number.NEGATIVE_INFINITY;
  return Date.parse(at) - bootUs / 1000 - toleranceMs;
}

const timeOf = ({ at }: { at: string | null }): number =>
  at === null ? Number.POSITIVE_INFINITY : Date.parse(at);

/** utmp has `:0` and `tmux(7).%1` in the place of an address for what is on this host. */
const isAddress = (from: string | null | undefined): from is string =>
  Boolean(from) && !/^(?:$|:|tmux\(|screen|localhost:|mosh )/.test(from ?? '');

/** The tty that sshd names before there is one, and what audit writes for none. */
const isTerminal = (tty: string | null | undefined): tty is string =>
  Boolean(tty) && !/^(?:ssh|sshd|\?|\(none\)|cron|:.*)$/.test(tty ?? '');
