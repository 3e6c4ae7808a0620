import type { SearchResult } from '@coroner/schema/http/search';
import type { Pool } from '../store/database.ts';
import { deathsById, listDeaths } from '../store/lists/list-deaths.ts';
import { incidentsById } from '../store/lists/list-incidents.ts';
import { namesContaining } from '../store/questions/process-names.ts';
import { hostPage } from './fleet/hosts.ts';
import { sessionPage } from './fleet/logins.ts';
import { looseMatches, plainName, spellings } from './names/spellings.ts';
import { deathPage, incidentPage } from './pages.ts';

/**
 * What a word may mean: an id, a host, a process (exactly, else loosely, as `why` has it), who did
 * it, who was logged in, or the address that somebody came from. The newest `limit` of each kind.
 */
export async function search(pool: Pool, word: string, limit: number): Promise<SearchResult> {
  const [byId, incidentsOfId, hosts, named, ofUser, incidents, incidentsOfUser, users, addresses] =
    await Promise.all([
      deathsById(pool, [word]),
      incidentsById(pool, [word]),
      hostPage(pool, { host: word, limit }, null),
      deathsOf(pool, word, limit),
      deathPage(pool, { user: word, limit }, null),
      incidentPage(pool, { process: word, limit }, null),
      incidentPage(pool, { user: word, limit }, null),
      sessionPage(pool, { user: word, limit }, null),
      sessionPage(pool, { from: word, limit }, null),
    ]);
  return {
    hosts: hosts.items,
    deaths: newest([...byId, ...named, ...ofUser.items], limit, ({ diedAt }) => diedAt),
    incidents: newest(
      [...incidentsOfId, ...incidents.items, ...incidentsOfUser.items],
      limit,
      ({ lastAt }) => lastAt,
    ),
    logins: newest([...users.items, ...addresses.items], limit, ({ start }) => start),
  };
}

async function deathsOf(pool: Pool, word: string, limit: number) {
  const exact = await listDeaths(pool, { limit }, spellings(word), null);
  if (exact.length > 0) return exact;
  const loose = looseMatches(word, await namesContaining(pool, plainName(word)));
  return loose.length > 0 ? listDeaths(pool, { limit }, loose, null) : [];
}

/** Each once, the newest first. */
function newest<Item extends { id: string }>(
  items: readonly Item[],
  limit: number,
  timeOf: (item: Item) => string,
): Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()]
    .sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1))
    .slice(0, limit);
}
