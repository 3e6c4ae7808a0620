import { stableId } from '@coroner/schema/identity';
import type { RawEvent } from '../source.ts';
import type { Piece } from './plan/piece.ts';
import type { History } from './progress/state.ts';

const msPerDay = 86_400_000;

/**
 * What could not be read of the past, as gaps, one a day: the answer to a question about one of
 * these days lists what may be missing.
 */
export function unreadGaps(piece: Piece, { startedAt, days }: History): RawEvent[] {
  const startedMs = Date.parse(startedAt);
  const untilMs = Math.min(startedMs, Date.parse(piece.changedAt));
  const gaps: RawEvent[] = [];
  for (let day = 0; day < days; day += 1) {
    const since = startedMs - (day + 1) * msPerDay;
    if (since >= untilMs) continue;
    const at = new Date(Math.min(untilMs, since + msPerDay)).toISOString();
    gaps.push({
      id: stableId('unread', piece.path, String(piece.ino), at),
      kind: 'gap',
      source: 'agent',
      at,
      of: 'backfill',
      since: new Date(since).toISOString(),
      until: at,
      lost: null,
      reason: `${piece.path} is not read to its end: ${piece.why}`,
      backfilled: true,
    });
  }
  return gaps;
}
