import type { Transaction } from '../../store/database.ts';
import { isFromLog } from '../../store/deaths/death-row.ts';
import { logDeathsNear } from '../../store/deaths/replace-log-deaths.ts';
import { type Pair, type RecordedDeath, replacedBy } from '../log-deaths/replaced.ts';
import type { Judged } from './judge-deaths.ts';
import type { Place } from './regroup.ts';

interface Replacing extends RecordedDeath {
  judged: Judged;
}

/** Deaths that logs alone knew, and that are among these, which the kernel recorded. */
export async function replacedLogDeaths(
  transaction: Transaction,
  news: readonly Judged[],
): Promise<Pair<Replacing>[]> {
  const recorded = news.filter(({ death }) => !isFromLog(death.event)).map(replacing);
  const asked = recorded.map(({ judged: _judged, ...death }) => death);
  return replacedBy(recorded, await logDeathsNear(transaction, asked));
}

function replacing(judged: Judged): Replacing {
  const { id, host, diedAt, event } = judged.death;
  const { pid, comm, unit = null } = event.victim;
  const { exit, threads = null } = event;
  return { id, host, pid, comm, unit, diedAt, signal: exit.signal, threads, judged };
}

export function placeOf(judged: Judged): Place[] {
  const { id: deathId, known } = judged.death;
  if (!known?.incidentId) return [];
  return [{ ...known, deathId, incidentId: known.incidentId, judged }];
}

export function placeOfReplaced({ old, recorded }: Pair<Replacing>): Place[] {
  const { id: deathId, incidentId, answer, actorKey } = old;
  if (incidentId === null) return [];
  return [{ deathId, incidentId, answer, actorKey, judged: recorded.judged }];
}
