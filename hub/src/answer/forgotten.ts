import type { Queryable } from '../store/database.ts';
import { storedAmong } from '../store/events/stored-among.ts';
import type { FoundDeath } from '../store/questions/find-deaths.ts';

/** What an answer says when events that it rests on were dropped since, as their time was over. */
export async function forgottenEvidence(
  on: Queryable,
  { id, answer }: FoundDeath,
): Promise<string[]> {
  const cited = new Set(answer.evidence.map(({ eventId }) => eventId));
  const stored = await storedAmong(on, [...cited, id]);
  const gone = [...cited].filter((one) => !stored.has(one)).length;
  if (gone > 0)
    return [
      `${gone} of the ${cited.size} events that are cited here are no longer stored: the verdict was made when they were, and what led to it cannot be looked up any more`,
    ];
  if (stored.has(id)) return [];
  return [
    'the record of this death is no longer stored: what led to it cannot be looked up any more',
  ];
}
