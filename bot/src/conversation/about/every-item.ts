import type { z } from 'zod';
import type { Query } from '../../hub-client/fleet-client.ts';
import type { HubClient } from '../../hub-client/hub-client.ts';

const pageSize = 1000;
/** A hub that hands out the same page for ever must not be read for ever. */
const mostPages = 100;

/** All items of a list, page by page. Rejects with the client's HubError alone. */
export async function everyItem<Item>(
  hub: HubClient,
  path: string,
  query: Query,
  shape: z.ZodType<{ items: Item[]; next: string | null }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { items, next } = await hub.get(path, { ...query, limit: pageSize, cursor }, shape);
    all.push(...items);
    if (next === null) break;
    cursor = next;
  }
  return all;
}
