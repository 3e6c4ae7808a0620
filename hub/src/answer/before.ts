import type { DeathPage } from '@coroner/schema/http/pages';
import type { Pool } from '../store/database.ts';
import type { Position } from '../store/lists/drizzle.ts';
import { listDeaths } from '../store/lists/list-deaths.ts';
import { getDeath } from '../store/questions/get-death.ts';
import { nextCursor } from './cursor.ts';

export interface BeforeQuery {
  /** On this host alone. */
  host?: string | undefined;
  /** Deaths of the same cause alone. */
  alike: boolean;
  limit: number;
}

/**
 * Earlier deaths of the same program, anywhere, the newest first: what belongs to its incident is
 * the same happening and no earlier one. Null where there is no such death.
 */
export async function deathsBefore(
  pool: Pool,
  id: string,
  { host, alike, limit }: BeforeQuery,
  position: Position | null,
): Promise<DeathPage | null> {
  const death = await getDeath(pool, id);
  if (!death) return null;
  const cause = alike ? death.answer.verdict.cause : undefined;
  const from = position ?? { at: death.diedAt, id };
  const otherThanIncident = death.incidentId ?? undefined;
  const filter = { host, cause, limit, otherThanIncident };
  const items = await listDeaths(pool, filter, [death.comm], from);
  return { items, next: nextCursor(items, limit, (row) => [row.diedAt, row.id]) };
}
