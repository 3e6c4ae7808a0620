import type { Queryable } from '../store/database.ts';
import { wrongClocks } from '../store/hosts/clock-errors.ts';
import { type DeathFilter, type FoundDeath, findDeaths } from '../store/questions/find-deaths.ts';
import { newestFirst } from './when.ts';

/** Clocks that are kept over the network differ by less. */
const slackMs = 2_000;

/**
 * The `most` newest by the hub's clock. Deaths are found in the order of their hosts' own clocks, where
 * those that a clock dated into the future stand before all others until then, and those of a host whose
 * clock was set back stand behind earlier ones. So it looks up to now and beyond, and up to the present
 * of each host whose clock is wrong.
 */
export async function newestDeaths(
  on: Queryable,
  filter: DeathFilter,
  most: number,
): Promise<FoundDeath[]> {
  const nowMs = Date.now();
  const at = (offsetMs: number): string => new Date(nowMs + offsetMs + slackMs).toISOString();
  const looks: DeathFilter[] = [
    { ...filter, until: at(0) },
    { ...filter, since: at(0) },
  ];
  for (const { host, offsetMs } of await wrongClocks(on, filter.host))
    looks.push({ ...filter, host, until: at(offsetMs) });
  const found = new Map<string, FoundDeath>();
  for (const look of looks)
    for (const death of await findDeaths(on, look, 'desc', most)) found.set(death.id, death);
  return [...found.values()].sort(newestFirst).slice(0, most);
}
