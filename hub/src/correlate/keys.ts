import type { Cause } from '@coroner/schema/cause';
import { stableId } from '@coroner/schema/identity';
import type { Judgement } from '@coroner/schema/verdict/case';
import { isHostItself } from '@coroner/schema/verdict/facts/host-itself';
import { actorKeys } from './actor-keys.ts';
import { knownAs, programOf } from './alike.ts';
import { changeKeys, type PackageChange } from './change-keys.ts';
import { offersOf, seeksOf } from './follow-keys.ts';
import { type IncidentKey, minuteMs } from './key.ts';

type Answer = Judgement['answer'];

/** What the keys of a death are made of. */
export interface Keyed extends Judgement {
  /** Packages that were changed on its host before; see {@link mayFollowAChange}. */
  changes?: readonly PackageChange[];
  /** Id that the death of its actor has, if that died. */
  parentId?: string | null;
}

const hourMs = 60 * minuteMs;
/** One program on one host: a crash loop waits longer and longer. */
const loop = { windowMs: 10 * minuteMs, grows: { by: 'deaths', toMs: hourMs } } as const;
/** A bad release goes from host to host, at a pace of its own. */
const rollout = { windowMs: 5 * minuteMs, grows: { by: 'hosts', toMs: 30 * minuteMs } } as const;
/** Hosts of a rack go within two heartbeats; their last signs of life are known to half a minute. */
const rackMs = 45_000;

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

function familyOf({ death, verdict }: Answer): Family | null {
  // A shutdown is nobody's loss; a silence of which nothing is known may be.
  if (isHostItself(death)) return verdict.cause === 'host-shutdown' ? null : 'host';
  return families[verdict.cause] ?? null;
}

/** Whether the packages that were changed before say something about such a death. */
export function mayFollowAChange(answer: Answer): boolean {
  const family = familyOf(answer);
  return family === 'crash' || family === 'memory' || family === 'host';
}

/** The keys of a death, the closest first; none when it does not alert, and is part of nothing that does. */
export function incidentKeys({ answer, actorKey, changes, parentId }: Keyed): IncidentKey[] {
  const family = familyOf(answer);
  if (family === null) return seeksOf(answer, parentId ?? null);
  const keys = keysOf(family, answer, actorKey, changes ?? []);
  return [...keys, ...offersOf(answer, family === 'actor')];
}

function keysOf(
  family: Family,
  answer: Answer,
  actorKey: string | null,
  changes: readonly PackageChange[],
): IncidentKey[] {
  switch (family) {
    case 'host':
      return [...hostKeys(answer), ...changeKeys(answer, changes)];
    case 'actor':
      return actorKeys(answer, actorKey);
    case 'timeout':
      return timeoutKeys(answer);
    case 'memory':
      return [...memoryKeys(answer), ...changeKeys(answer, changes)];
    case 'crash':
      return [...crashKeys(answer), ...changeKeys(answer, changes)];
  }
}

/** A host that goes dark and then shows to have crashed is one; a rack goes at once. */
function hostKeys({ death }: Answer): IncidentKey[] {
  return [
    { key: stableId('host', death.host), ...loop },
    { key: stableId('host', 'fleet'), windowMs: rackMs },
  ];
}

/** systemd is the sender of every one of them: the unit decides. */
function timeoutKeys({ death, verdict }: Answer): IncidentKey[] {
  const what = death.unit ?? programOf(death);
  return [
    { key: stableId(verdict.cause, death.host, what), ...loop },
    { key: stableId(verdict.cause, 'fleet', what), ...rollout },
  ];
}

function memoryKeys({ verdict, death, oom }: Answer): IncidentKey[] {
  const where = verdict.cause === 'oom-cgroup' ? (oom?.cgroup ?? death.cgroup) : null;
  return [
    { key: stableId(verdict.cause, death.host, where ?? death.comm), ...loop },
    ...alikeOnOtherHosts(verdict.cause, death),
  ];
}

function crashKeys({ verdict, death }: Answer): IncidentKey[] {
  return [
    { key: stableId(verdict.cause, death.host, knownAs(death)), ...loop },
    ...alikeOnOtherHosts(verdict.cause, death),
  ];
}

/** The same unit, or the same program, dying alike elsewhere: a bad release, a bad input. */
function alikeOnOtherHosts(cause: Cause, death: Answer['death']): IncidentKey[] {
  const what = death.unit ?? (death.exe ? programOf(death) : null);
  if (what === null || what.startsWith('session-')) return [];
  return [{ key: stableId(cause, 'fleet', what, death.signal ?? ''), ...rollout }];
}
