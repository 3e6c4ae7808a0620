import type { Cause } from '@coroner/schema/cause';
import { stableId } from '@coroner/schema/identity';
import type { Judgement } from '@coroner/schema/verdict/case';

/** Joins a death to the incident that has the same key, if the last death of that is close enough in time. */
export interface IncidentKey {
  key: string;
  windowMs: number;
}

const minuteMs = 60_000;
const actorWindowMs = 10 * minuteMs;
const commandWindowMs = 2 * minuteMs;
const memoryWindowMs = 10 * minuteMs;
const crashWindowMs = 10 * minuteMs;

type Family = 'actor' | 'memory' | 'crash';

/** The causes that are worth an alert, and what makes two such deaths one incident. */
const families: Partial<Record<Cause, Family>> = {
  'signal-from-process': 'actor',
  'cgroup-kill': 'actor',
  'service-timeout': 'actor',
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
  const family = families[answer.verdict.cause];
  if (family === 'actor') return actorKeys(answer, actorKey);
  if (family === 'memory') return [memoryKey(answer)];
  if (family === 'crash') return [crashKey(answer)];
  return [];
}

function actorKeys(answer: Judgement['answer'], actorKey: string | null): IncidentKey[] {
  const keys: IncidentKey[] = [];
  if (actorKey) keys.push({ key: stableId('actor', actorKey), windowMs: actorWindowMs });
  const user = answer.actor?.auditUser ?? answer.actor?.user;
  if (answer.actor && answer.actor.cmdline.length > 0 && user) {
    const { signal, exitCode } = answer.death;
    const how = signal ?? `exit ${exitCode}`;
    keys.push({
      key: stableId('command', user, ...answer.actor.cmdline, how),
      windowMs: commandWindowMs,
    });
  }
  // Killed by somebody who cannot be named: with others of its program on its host, if any.
  if (keys.length === 0) {
    const { host, exe, comm } = answer.death;
    keys.push({ key: stableId('killed', host, exe ?? comm), windowMs: commandWindowMs });
  }
  return keys;
}

function memoryKey({ verdict, death, oom }: Judgement['answer']): IncidentKey {
  const where = verdict.cause === 'oom-cgroup' ? (oom?.cgroup ?? death.cgroup) : null;
  return {
    key: stableId(verdict.cause, death.host, where ?? death.comm),
    windowMs: memoryWindowMs,
  };
}

function crashKey({ verdict, death }: Judgement['answer']): IncidentKey {
  return {
    key: stableId(verdict.cause, death.host, death.exe ?? death.comm),
    windowMs: crashWindowMs,
  };
}
