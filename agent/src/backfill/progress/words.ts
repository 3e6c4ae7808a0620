import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import type { History } from './state.ts';

const source = 'backfill';
const mostNamed = 3;

/** How far reading the past has come, as a status for `doctor` and the heartbeat. */
export function statusOf(history: History | null, days: number): SourceStatus {
  if (days === 0)
    return {
      source,
      state: 'off',
      why: 'CORONER_BACKFILL_DAYS is 0: nothing from before the agent is read',
      enable: 'set CORONER_BACKFILL_DAYS to a number of days',
    };
  if (history === null || history.days === 0)
    return {
      source,
      state: 'available',
      why: `the next start reads what this host remembers of the last ${inDays(days)}`,
    };
  const { pieces } = history;
  const events = pieces.reduce((sum, piece) => sum + piece.events, 0);
  const unread = pieces.filter(({ why }) => why !== null);
  const done =
    history.finishedAt === null
      ? `${percentRead(history)} % of what this host remembers of the ${inDays(history.days)} before ${history.startedAt} are read, ${events} events so far`
      : `the ${inDays(history.days)} before ${history.startedAt} are read: ${events} events from ${pieces.length - unread.length} files`;
  const named = unread.slice(0, mostNamed).map(({ path, why }) => `${path}: ${why}`);
  const more = unread.length > mostNamed ? [`and ${unread.length - mostNamed} more`] : [];
  const why = unread.length === 0 ? done : `${done}; not all of ${[...named, ...more].join(', ')}`;
  const percent = history.finishedAt === null ? { percent: percentRead(history) } : {};
  return { source, state: 'available', why, ...percent };
}

/** By bytes on disk. */
export function percentRead({ pieces }: Pick<History, 'pieces'>): number {
  const total = pieces.reduce((sum, { bytes }) => sum + Math.max(bytes, 1), 0);
  const read = pieces.reduce(
    (sum, { bytes, offset, state, format }) =>
      sum +
      (state !== 'waiting'
        ? Math.max(bytes, 1)
        : format === 'journal'
          ? 0
          : Math.min(bytes, offset)),
    0,
  );
  return total === 0 ? 100 : Math.floor((100 * read) / total);
}

const inDays = (days: number): string => (days === 1 ? 'day' : `${days} days`);
