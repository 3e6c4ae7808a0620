import type { MemoryStory } from '@coroner/schema/http/answer';
import type { ChainLink } from '@coroner/schema/http/related';
import { deathId } from '@coroner/schema/identity';
import { chainOf, type EarlierDeath } from '../correlate/chain.ts';
import type { Queryable } from '../store/database.ts';
import {
  deathsNear,
  type NearDeath,
  timesTogether,
  type Victim,
  victimOf,
} from '../store/questions/circumstances.ts';
import type { FoundDeath } from '../store/questions/find-deaths.ts';

/** By the wall clock, which may be set between two deaths; what counts is the time since boot. */
const nearMs = 60_000;
const usPerMs = 1_000;
const togetherMs = 5_000;
const mostUnits = 5;

/** What may have led to a death. */
export async function chainFor(
  on: Queryable,
  death: FoundDeath,
  memory: MemoryStory | null,
): Promise<ChainLink[]> {
  const { answer, host } = death;
  const victim = await victimOf(on, death.id);
  const near = await deathsNear(on, death, nearMs);
  const earlier = near.map((one) => asEarlier(death, victim, one));
  await noteTogether(on, death, earlier);
  const idOf = (process: { pid: number; startUs?: number | null } | undefined) =>
    process && victim ? idIn(host, victim.bootId, process) : null;
  return chainOf({
    ...{ answer, memory, earlier, pgid: victim?.pgid ?? null },
    ancestorIds: (victim?.ancestry ?? []).flatMap((process) => idOf(process) ?? []),
    parentId: idOf(victim?.senders.find((sender) => sender?.pid === answer.actor?.pid)),
  });
}

function asEarlier(death: FoundDeath, victim: Victim | null, near: NearDeath): EarlierDeath {
  const { diedAt, bootId, bootUs, parent, ...facts } = near;
  const isSameClock = victim?.bootId === bootId && victim.bootUs !== null && bootUs !== null;
  const beforeMs = isSameClock
    ? ((victim.bootUs ?? 0) - bootUs) / usPerMs
    : Date.parse(death.diedAt) - Date.parse(diedAt);
  const parentId = parent && idIn(death.host, bootId, parent);
  return { ...facts, beforeMs, parentId, together: 0 };
}

const idIn = (
  host: string,
  bootId: string,
  { pid, startUs }: { pid: number; startUs?: number | null },
): string | null => (typeof startUs === 'number' ? deathId(host, bootId, pid, startUs) : null);

/** How often other units died just before this one's in earlier days. */
async function noteTogether(
  on: Queryable,
  { host, diedAt, answer }: FoundDeath,
  earlier: EarlierDeath[],
): Promise<void> {
  const { unit } = answer.death;
  if (unit === null) return;
  const others = [...new Set(earlier.map((one) => one.unit))].filter((one) => one !== unit);
  for (const before of others.slice(0, mostUnits)) {
    if (before === null) continue;
    const times = await timesTogether(on, { host, unit, before, diedAt, withinMs: togetherMs });
    for (const one of earlier) if (one.unit === before) one.together = times;
  }
}
