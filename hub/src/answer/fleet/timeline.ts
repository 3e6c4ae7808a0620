import type { TimelinePage } from '@coroner/schema/http/timeline';
import type { Pool } from '../../store/database.ts';
import { listTimeline, type TimelineFilter } from '../../store/fleet/list-timeline.ts';
import type { Position } from '../../store/lists/drizzle.ts';
import { nextCursor } from '../cursor.ts';

/** What happened on one host, in the order of time. */
export async function timelinePage(
  pool: Pool,
  filter: TimelineFilter,
  order: 'asc' | 'desc',
  position: Position | null,
): Promise<TimelinePage> {
  const items = await listTimeline(pool, filter, order, position);
  return { items, next: nextCursor(items, filter.limit, (row) => [row.at, row.id]) };
}
