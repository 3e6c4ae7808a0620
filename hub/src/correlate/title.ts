import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import { isHostItself } from '@coroner/schema/verdict/facts/host-itself';
import { duration } from '@coroner/schema/verdict/words/duration';
import { printable } from '@coroner/schema/verdict/words/printable';

const longestCommand = 80;
const leastOfLoop = 3;
const leastPaceMs = 1_000;
/** Longer than a rack takes to go. */
const togetherMs = 120_000;

/** One line that names an incident: what happened, how often, where, of a crash loop also at what pace. */
export function incidentTitle(
  first: StoredAnswer,
  deaths: number,
  hosts: readonly string[],
  lastAt?: string,
): string {
  const { death, verdict } = first;
  const name = printable(death.comm);
  const where =
    hosts.length === 1 ? `on ${printable(hosts[0] ?? death.host)}` : `on ${hosts.length} hosts`;
  const times = deaths > 1 ? ` ${deaths} times` : '';
  const pace = hosts.length === 1 ? paceOf(death, deaths, lastAt) : '';
  if (isHostItself(death)) {
    const what = verdict.cause === 'host-crash' ? 'crashed' : 'went silent';
    return hosts.length === 1
      ? `the host ${printable(hosts[0] ?? death.host)} ${what}${times}`
      : `${hosts.length} hosts ${what}${spanMs(death, lastAt) <= togetherMs ? ' together' : ''}`;
  }
  switch (verdict.cause) {
    case 'oom-cgroup':
    case 'oom-host':
      return `${name} was killed for want of memory${times} ${where}`;
    case 'oom-daemon':
      return `${name} was killed by an out-of-memory daemon${times} ${where}`;
    case 'crash':
    case 'seccomp':
    case 'hardware-memory':
      return `${name} crashed${death.signal ? ` with ${death.signal}` : ''}${times} ${where}${pace}`;
    case 'abort':
      return `${name} aborted${times} ${where}${pace}`;
    default: {
      const who = deaths > 1 ? `${deaths} processes were` : `${name} was`;
      return `${who} ${howEnded(first)}${byWhom(first)} ${where}`;
    }
  }
}

/** `, every 10 s or so`: of a loop, not of what one blow hit. */
function paceOf(death: StoredAnswer['death'], deaths: number, lastAt: string | undefined): string {
  if (deaths < leastOfLoop || lastAt === undefined) return '';
  const everyMs = spanMs(death, lastAt) / (deaths - 1);
  return everyMs >= leastPaceMs ? `, every ${duration(everyMs)} or so` : '';
}

const spanMs = (
  { happenedAt, diedAt }: StoredAnswer['death'],
  lastAt: string | undefined,
): number => (lastAt === undefined ? 0 : Date.parse(lastAt) - Date.parse(happenedAt ?? diedAt));

function howEnded({ death, verdict }: StoredAnswer): string {
  if (verdict.cause === 'service-timeout') return 'killed after a timeout';
  return death.signal ? `killed with ${death.signal}` : 'told to stop';
}

function byWhom({ actor }: StoredAnswer): string {
  if (!actor) return '';
  const command = printable(actor.cmdline.join(' ') || actor.comm);
  const short =
    command.length > longestCommand ? `${command.slice(0, longestCommand - 1)}…` : command;
  const user = actor.auditUser ?? actor.user;
  const { origin } = actor;
  const from =
    origin.type === 'login-session' && origin.from ? ` from ${printable(origin.from)}` : '';
  const who = origin.type === 'cron' ? 'cron' : user ? `${printable(user)}${from}` : '';
  return ` by ${short}${who ? ` (${who})` : ''}`;
}
