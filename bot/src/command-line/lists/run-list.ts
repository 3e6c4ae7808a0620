import type { Input, Inputs, Item, ListName, Output } from '@coroner/schema/client/calls';
import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Words } from '../../conversation/words.ts';
import { plainWords } from '../../terminal/plain-words.ts';
import type { Paper } from '../../terminal/print-reply.ts';
import { fold, foldColumns } from './fold.ts';
import { type Column, table } from './table.ts';

export interface List<Name extends ListName> {
  endpoint: Name;
  columns: readonly Column<Item<Name>>[];
  /** What is said where there is nothing. */
  none: string;
  /** Neighbours of which this is the same are one row for people; none where it is left out. */
  alike?: (item: Item<Name>) => string | null | undefined;
  /** What a page says of its items as a whole. */
  remark?: (page: Output<Name>) => Words | null;
  /** The hub has the newest first, and people read a story downwards. */
  reversed?: boolean;
}

const pageItems = 500;
/** Items that are read for one table: a storm fills pages with what becomes one row. */
const mostRead = 10_000;

/** Prints up to `limit` items as the hub has them, `{items, next}`, or so many rows for people. */
export async function runList<Name extends ListName>(
  hub: HubClient,
  { endpoint, columns, none, alike = () => null, remark, reversed }: List<Name>,
  wanted: { input: Input<Name>; limit: number; json: boolean },
  paper: Paper,
  print: (text: string) => void,
): Promise<void> {
  const items: Item<Name>[] = [];
  const most = wanted.json ? wanted.limit : Math.max(wanted.limit, mostRead);
  const rowsOf = () => fold(items, wanted.json ? () => null : alike);
  let cursor: string | undefined;
  let next: string | null = null;
  let remarked: Words | null = null;
  do {
    const missing = wanted.limit - rowsOf().length;
    const limit = Math.min(pageItems, items.length === 0 ? missing : most - items.length);
    const query = { ...wanted.input.query, limit, cursor };
    // Each list takes `limit` and `cursor`, which no generic type says.
    const read = await hub.call(endpoint, ...([{ ...wanted.input, query }] as Inputs<Name>));
    items.push(...read.items);
    remarked = remark?.(read) ?? null;
    next = read.next;
    cursor = next ?? undefined;
  } while (next !== null && rowsOf().length < wanted.limit && items.length < most);
  if (wanted.json) {
    print(`${JSON.stringify({ items: reversed ? items.reverse() : items, next }, null, 2)}\n`);
    return;
  }
  const all = rowsOf();
  const rows = all.slice(0, wanted.limit);
  if (reversed) rows.reverse();
  print(rows.length === 0 ? `${none}\n` : table(foldColumns(columns), rows, paper));
  if (remarked)
    print(`${plainWords(remarked, { code: (text) => text, timezone: paper.timezone })}\n`);
  if (next !== null || rows.length < all.length)
    print(`… and more: --limit ${wanted.limit * 2}, or --since and --until\n`);
}
