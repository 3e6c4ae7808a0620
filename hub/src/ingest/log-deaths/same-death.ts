import type { DeathEvent } from '@coroner/schema/event/death';
import { isHostItself } from '@coroner/schema/verdict/facts/host-itself';
import type { Hint, NearbyDeath } from '../../store/deaths/death-hints.ts';
import { deathOfEvent, unknownPid } from './death-of-event.ts';

/** A death that is new, and the event of a log that told of it. */
export interface LogDeath {
  death: DeathEvent;
  hint: Hint;
}

const sameMomentMs = 3_000;
/** A core takes its time to be written. */
const coreWithinMs = 10_000;

/** The most telling first: what knows process, program and signal, before a thread's fault or a unit's name. */
const ranks: Readonly<Record<string, number>> = {
  'oom-kill': 0,
  coredump: 1,
  'abnormal-end': 2,
  crash: 3,
  'reported-end': 4,
  'oom-daemon-kill': 4,
  unit: 5,
  'process-accounting': 6,
};
const faults: ReadonlySet<string> = new Set(['crash']);
const units: ReadonlySet<string> = new Set(['unit']);
const coreKinds: ReadonlySet<string> = new Set(['coredump', 'abnormal-end', 'process-accounting']);

/** The deaths that these hints tell of and nobody else has told of: one each, though several logs may speak. */
export function newDeaths(hints: readonly Hint[]): LogDeath[] {
  const found: LogDeath[] = [];
  const byHost = new Map<string, NearbyDeath[]>();
  const inOrder = [...hints].sort(
    (a, b) => (ranks[a.row.kind] ?? 9) - (ranks[b.row.kind] ?? 9) || (a.row.at < b.row.at ? -1 : 1),
  );
  for (const hint of inOrder) {
    const death = deathOfEvent(hint.row);
    if (!death || !isBelievable(hint)) continue;
    const ofHost = byHost.get(hint.row.host) ?? [];
    byHost.set(hint.row.host, ofHost);
    const isSameAs = isHostItself(death.victim) ? isHost : isSame;
    const same = [...hint.nearby, ...ofHost].find((known) => isSameAs(known, death, hint));
    const told = { eventId: hint.row.id, kind: hint.row.kind };
    if (same) same.evidence.push(told);
    else {
      found.push({ death, hint });
      ofHost.push(known(death, told));
    }
  }
  return found;
}

/** Any user may write into a text log; of what the probe would have seen, such a line alone is no proof. */
const isBelievable = (hint: Hint): boolean => !isDoubtful(hint) || hint.isWatched === false;

/** Whether the line counts only where no probe watched, and nothing says yet whether one did. */
export const mustWait = (hint: Hint): boolean => isDoubtful(hint) && hint.isWatched === null;

const isDoubtful = ({ row }: Hint): boolean => row.source === 'log' && !row.body.backfilled;

function known(death: DeathEvent, told: NearbyDeath['evidence'][number]): NearbyDeath {
  return {
    pid: death.victim.pid,
    comm: death.victim.comm,
    unit: death.victim.unit ?? null,
    signal: death.exit.signal,
    diedAt: death.at ?? '',
    fromLog: true,
    evidence: [told],
  };
}

/** It went dark, and its next boot shows that it had crashed. */
const isHost = (one: NearbyDeath, { at }: DeathEvent): boolean =>
  isHostItself(one) && Math.abs(Date.parse(one.diedAt) - Date.parse(at ?? '')) <= 60_000;

function isSame(one: NearbyDeath, { victim, exit }: DeathEvent, { row }: Hint): boolean {
  const apartMs = Math.abs(Date.parse(one.diedAt) - Date.parse(row.at));
  if (apartMs > 60_000) return false;
  if (victim.pid !== unknownPid && one.pid === victim.pid) return true;
  if (one.evidence.some(({ eventId }) => eventId === row.id)) return true;
  // A probe knows the process; the line may have a thread's number.
  if (!one.fromLog) return one.comm === victim.comm || isUnits(one, victim, exit, apartMs);
  if (victim.pid === unknownPid || one.pid === unknownPid)
    return isUnits(one, victim, exit, apartMs);
  if (row.kind === 'process-accounting' && one.signal !== exit.signal) return false;
  if (areFaultAndUnit(one, row.kind)) return one.signal === exit.signal && apartMs <= sameMomentMs;
  return one.comm === victim.comm && apartMs <= coreWithinMs && areFaultAndCore(one, row.kind);
}

/** systemd names a unit: the same unit, or the same signal at the same moment. */
function isUnits(
  one: NearbyDeath,
  victim: DeathEvent['victim'],
  exit: DeathEvent['exit'],
  apartMs: number,
): boolean {
  if (victim.pid !== unknownPid && one.pid !== unknownPid) return false;
  if (one.unit !== null && victim.unit != null) return one.unit === victim.unit;
  return one.signal === exit.signal && apartMs <= sameMomentMs;
}

/** The kernel's fault line has a thread's number, the core its process's: one of each is one death. */
function areFaultAndCore(one: NearbyDeath, kind: string): boolean {
  if (kind === 'crash') return hasOneOf(one, coreKinds) && !hasOneOf(one, faults);
  return coreKinds.has(kind) && hasOneOf(one, faults) && !hasOneOf(one, coreKinds);
}

/** So has systemd's line about the main process of a unit, which it may know by the unit's name alone. */
function areFaultAndUnit(one: NearbyDeath, kind: string): boolean {
  if (hasOneOf(one, coreKinds)) return false;
  if (kind === 'crash') return hasOneOf(one, units) && !hasOneOf(one, faults);
  return kind === 'unit' && hasOneOf(one, faults) && !hasOneOf(one, units);
}

const hasOneOf = ({ evidence }: NearbyDeath, kinds: ReadonlySet<string>): boolean =>
  evidence.some(({ kind }) => kinds.has(kind));
