import type { z } from 'zod';
import type { FleetClient, Query } from '../../hub-client/fleet-client.ts';
import type { Paper } from '../../terminal/print-reply.ts';
import { type Column, table } from './table.ts';

export interface List<Item> {
  path: string;
  page: z.ZodType<{ items: Item[]; next: string | null }>;
  columns: readonly Column<Item>[];
  /** What is said where there is nothing. */
  none: string;
  /** The hub has the newest first, and people read a story downwards. */
  reversed?: boolean;
}

const pageItems = 500;

/** Prints up to `limit` items: a table for people, or `{items, next}` as the hub has them. */
export async function runList<Item>(
  hub: FleetClient,
  { path, page, columns, none, reversed }: List<Item>,
  wanted: { filters: Query; limit: number; json: boolean },
  paper: Paper,
  print: (text: string) => void,
): Promise<void> {
  const items: Item[] = [];
  let cursor: string | undefined;
  let next: string | null = null;
  do {
    const limit = Math.min(pageItems, wanted.limit - items.length);
    const read = await hub.get(path, { ...wanted.filters, limit, cursor }, page);
    items.push(...read.items);
    next = read.next;
    cursor = next ?? undefined;
  } while (next !== null && items.length < wanted.limit);
  if (reversed) items.reverse();
  if (wanted.json) {
    print(`${JSON.stringify({ items, next }, null, 2)}\n`);
    return;
  }
  print(items.length === 0 ? `${none}\n` : table(columns, items, paper));
  if (next !== null) print(`… and more: --limit ${wanted.limit * 2}, or --since and --until\n`);
}
