import type { Event, EventOf } from '../../event/event.ts';
import type { Ancestor, Process } from '../../process.ts';
import { lineage, type Reference, startedAt } from './ancestor.ts';
import { isLoginDaemon } from './daemons.ts';

type Login = EventOf<'login'>;

/** Logins that began this session, root's own records first, then newest first: equal audit session, a process of it, or user and terminal. */
export function loginsOf(
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
        isOnTerminal(login, process, owner, reference),
    )
    .sort((a, b) => Number(isForgeable(a)) - Number(isForgeable(b)) || timeOf(b) - timeOf(a));
}

/** Names of terminals are used again: a login of another session, or from before this one, is none of it. */
function isOnTerminal(
  login: Login,
  process: Process,
  owner: string | null,
  reference: Reference,
): boolean {
  if (!isTerminal(login.tty) || login.tty !== process.tty || login.user !== owner) return false;
  const { session } = login;
  if (typeof session === 'number' && typeof process.auditSession === 'number')
    return session === process.auditSession;
  const daemon = process.ancestry.find(isLoginDaemon);
  const began = daemon ? startedAt(daemon, reference) : null;
  return began === null || timeOf(login) >= Date.parse(began) - toleranceMs;
}

/** Any user may write a line into syslog, under any name. */
export const isForgeable = ({ source }: Login): boolean => source === 'log';

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
export const isAddress = (from: string | null | undefined): from is string =>
  Boolean(from) && !/^(?:$|:|tmux\(|screen|localhost:|mosh )/.test(from ?? '');

/** The tty that sshd names before there is one, and what audit writes for none. */
export const isTerminal = (tty: string | null | undefined): tty is string =>
  Boolean(tty) && !/^(?:ssh|sshd|\?|\(none\)|cron|:.*)$/.test(tty ?? '');
