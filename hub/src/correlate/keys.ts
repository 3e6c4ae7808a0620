import type { Cause } from '@coroner/schema/cause';
import { stableId } from '@coroner/schema/identity';
import type { Judgement } from '@coroner/schema/verdict/case';
import { isHostItself } from '@coroner/schema/verdict/facts/host-itself';
import { commandPattern, knownAs, programOf } from './alike.ts';
import type { IncidentKey } from './window.ts';

type Answer = Judgement['answer'];

const minuteMs = 60_000;
const actorWindowMs = 10 * minuteMs;
/** The same act on other hosts: a loop over ssh, an orchestration run, clocks that are a little off. */
const fleetWindowMs = 2 * minuteMs;
const cronWindowMs = 10 * minuteMs;
const memoryWindowMs = 10 * minuteMs;
const crashWindowMs = 10 * minuteMs;

/** The longest of the windows: no incident that ended longer ago can be joined. */
export const longestWindowMs = 10 * minuteMs;

type Family = 'host' | 'actor' | 'timeout' | 'memory' | 'crash';

/** The causes that are worth an alert, and what makes two such deaths one incident. */
const families: Partial<Record<Cause, Family>> = {
  'signal-from-process': 'actor',
  'cgroup-kill': 'actor',
  'host-crash': 'host',
  'service-timeout': 'timeout',
  'oom-daemon': 'memory',
  'oom-host': 'memory',
  'oom-cgroup': 'memory',
  abort: 'crash',
  crash: 'crash',
  seccomp: 'crash',
  'hardware-memory': 'crash',
};

/** The keys of a death, the closest first; none when it does not alert. */
export function incidentKeys({ answer, actorKey }: Judgement): IncidentKey[] {
  const family = isHostItself(answer.death) ? 'host' : families[answer.verdict.cause];
  if (family === 'host') return hostKeys(answer);
  if (family === 'actor') return actorKeys(answer, actorKey);
  if (family === 'timeout') return timeoutKeys(answer);
  if (family === 'memory') return memoryKeys(answer);
  if (family === 'crash') return crashKeys(answer);
  return [];
}

/** A rack that lost its power comes up again within minutes; one that goes dark does so at once. */
function hostKeys({ verdict, death }: Answer): IncidentKey[] {
  return [
    { key: stableId('host', death.host, verdict.cause), windowMs: crashWindowMs },
    { key: stableId('host', 'fleet', verdict.cause), windowMs: fleetWindowMs },
  ];
}

function actorKeys(answer: Answer, actorKey: string | null): IncidentKey[] {
  const { actor, death } = answer;
  const keys: IncidentKey[] = [];
  if (actorKey) keys.push({ key: stableId('actor', actorKey), windowMs: actorWindowMs });
  const user = actor?.auditUser ?? actor?.user;
  if (actor && actor.cmdline.length > 0 && user) {
    const how = death.signal ?? `exit ${death.exitCode}`;
    const pattern = commandPattern(actor.cmdline);
    const address = addressOf(answer);
    // Outside of anybody's session, a mere `kill -9 PID` by root says nothing about the next one.
    const isAnybodys = actor.origin.type !== 'login-session' && pattern.includes('#');
    if (!isAnybodys)
      keys.push({
        key: stableId('command', user, address, ...pattern, how),
        windowMs: fleetWindowMs,
      });
  }
  if (actor?.origin.type === 'cron' && actor.origin.command) {
    const { command, user: owner } = actor.origin;
    keys.push({ key: stableId('cron', owner ?? '', command), windowMs: cronWindowMs });
  }
  // Killed by somebody who cannot be named: with others of its program on its host, if any.
  if (keys.length === 0)
    keys.push({
      key: stableId('killed', death.host, knownAs(death)),
      windowMs: fleetWindowMs,
    });
  return keys;
}

/** Where the person came from; two people of one account are told apart by it. */
const addressOf = ({ actor }: Answer): string =>
  actor?.origin.type === 'login-session' ? (actor.origin.from ?? '') : '';

/** systemd is the sender of every one of them: the unit decides. */
function timeoutKeys({ death, verdict }: Answer): IncidentKey[] {
  const what = death.unit ?? programOf(death);
  return [
    { key: stableId(verdict.cause, death.host, what), windowMs: actorWindowMs },
    { key: stableId(verdict.cause, 'fleet', what), windowMs: fleetWindowMs },
  ];
}

function memoryKeys({ verdict, death, oom }: Answer): IncidentKey[] {
  const where = verdict.cause === 'oom-cgroup' ? (oom?.cgroup ?? death.cgroup) : null;
  return [
    {
      key: stableId(verdict.cause, death.host, where ?? death.comm),
      windowMs: memoryWindowMs,
    },
    ...alikeOnOtherHosts(verdict.cause, death),
  ];
}

function crashKeys({ verdict, death }: Answer): IncidentKey[] {
  return [
    {
      key: stableId(verdict.cause, death.host, knownAs(death)),
      windowMs: crashWindowMs,
    },
    ...alikeOnOtherHosts(verdict.cause, death),
  ];
}

/** The same unit, or the same program, dying alike elsewhere at the same time: a bad release, a bad input. */
function alikeOnOtherHosts(cause: Cause, death: Answer['death']): IncidentKey[] {
  const what = death.unit ?? (death.exe ? programOf(death) : null);
  if (what === null || what.startsWith('session-')) return [];
  return [{ key: stableId(cause, 'fleet', what, death.signal ?? ''), windowMs: fleetWindowMs }];
}
