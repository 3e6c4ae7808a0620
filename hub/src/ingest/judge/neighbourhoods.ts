import type { DeathEvent } from '@coroner/schema/event/death';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import type { Neighbourhood } from '../../store/events/load-evidence.ts';

/** A death to judge. `diedAt` is an instant in UTC with six digits of a second. */
export interface Subject {
  id: string;
  host: string;
  bootId: string;
  event: DeathEvent;
  diedAt: string;
  /** When its record reached JetStream. */
  receivedAt: string;
  /** What is stored of it already; null for a new death. */
  known: Known | null;
}

interface Known {
  incidentId: string | null;
  answer: StoredAnswer;
  actorKey: string | null;
  revision: number;
}

/** Deaths that share one search for evidence. */
export interface Group extends Neighbourhood {
  members: Subject[];
}

const joinWithinMs = 5_000;
const longestSpanMs = 60_000;

/** Groups deaths by host and time. */
export function neighbourhoods(deaths: readonly Subject[]): Group[] {
  const sorted = [...deaths].sort((a, b) => compare(a.host, b.host) || compare(a.diedAt, b.diedAt));
  const groups: Group[] = [];
  for (const death of sorted) {
    const last = groups.at(-1);
    if (last && belongs(last, death)) {
      last.members.push(death);
      last.until = death.diedAt;
      last.deaths += 1;
    } else {
      const { host, diedAt } = death;
      groups.push({ host, from: diedAt, until: diedAt, deaths: 1, members: [death] });
    }
  }
  return groups;
}

function belongs(group: Neighbourhood, death: Subject): boolean {
  const diedMs = Date.parse(death.diedAt);
  return (
    group.host === death.host &&
    diedMs - Date.parse(group.until) <= joinWithinMs &&
    diedMs - Date.parse(group.from) <= longestSpanMs
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
