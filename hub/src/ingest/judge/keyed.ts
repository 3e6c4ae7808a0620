import { deathId, stableId } from '@coroner/schema/identity';
import type { PackageChange } from '../../correlate/change-keys.ts';
import type { Newcomer } from '../../correlate/incident.ts';
import type { IncidentKey } from '../../correlate/key.ts';
import { incidentKeys, mayFollowAChange } from '../../correlate/keys.ts';
import type { Transaction } from '../../store/database.ts';
import { changesBefore } from '../../store/events/package-changes.ts';
import type { Member } from '../../store/incidents/load-members.ts';
import type { Leader } from '../../store/incidents/relatives.ts';
import type { Judged } from './judge-deaths.ts';

/** A death that was judged now, or before, with the keys that it has by its newest answer. */
export type KeyedDeath = Newcomer & {
  /** By its host's clock, as all that is looked for around it on that host. */
  toldAt: string;
  parentId: string | null;
  /** Whom it may have taken along names its victim as their actor. */
  ownActorKey: string | null;
  actorKey: string | null;
  changes: PackageChange[];
};

/** A wrong clock may not join what is hours apart. */
const mostErrorMs = 120_000;

/** The keys of these deaths: one statement, where packages may have to do with them. */
export async function keyedDeaths(
  transaction: Transaction,
  deaths: readonly Member[],
): Promise<KeyedDeath[]> {
  const asked = deaths
    .filter(({ answer }) => mayFollowAChange(answer))
    .map(({ id, host, diedAt, answer }) => ({ id, host, diedAt, isHost: answer.death.pid === 0 }));
  const found = new Map<string, PackageChange[]>();
  for (const { deathId: of, ...change } of await changesBefore(transaction, asked))
    found.set(of, [...(found.get(of) ?? []), change]);
  return deaths.map((death) => keyed(death, found.get(death.id) ?? []));
}

function keyed(death: Member, changes: PackageChange[]): KeyedDeath {
  const { id, host, bootId, happenedAt, diedAt: toldAt, answer, actorKey, startUs } = death;
  const { pid } = answer.death;
  const parent = answer.actor;
  const parentId =
    parent && death.parentStartUs !== null
      ? deathId(host, bootId, parent.pid, death.parentStartUs)
      : null;
  return {
    ...{ deathId: id, host, diedAt: happenedAt, toldAt, answer, actorKey, parentId, changes },
    errorMs: Math.min(mostErrorMs, death.errorMs),
    ownActorKey: startUs === null ? null : stableId('actor', host, bootId, pid, startUs),
    keys: incidentKeys({ answer, actorKey, changes, parentId }),
  };
}

/** As a stored death is: its record has the same that the database would tell. */
export function memberOf({ death, judgement, happenedAt, errorMs }: Judged): Member {
  const { id, host, bootId, diedAt, known, event } = death;
  const { answer, actorKey } = judgement;
  const parent = event.signals.find(({ current }) => current?.pid === answer.actor?.pid)?.current;
  const parentStartUs = answer.verdict.cause === 'parent-died' ? parent?.startUs : null;
  return {
    ...{ id, host, bootId, diedAt, happenedAt, errorMs, answer, actorKey },
    incidentId: known?.incidentId ?? null,
    startUs: event.victim.startUs ?? null,
    parentStartUs: parentStartUs ?? null,
  };
}

/** Of what others may be part: an act, or an end that is worth an alert. */
export const leaderOf = ({ host, toldAt: diedAt, actorKey, ownActorKey }: KeyedDeath): Leader => ({
  ...{ host, diedAt },
  actorKeys: [actorKey, ownActorKey].filter((key) => key !== null),
});

/** As long as a death with this key may come before another or after it, ms. */
export const reachMs = ({ windowMs, grows }: IncidentKey): number =>
  Math.max(windowMs, grows?.toMs ?? 0);
