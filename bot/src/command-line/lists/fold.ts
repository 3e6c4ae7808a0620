import type { Column } from './table.ts';

/** Neighbours in a list that say the same, shown as the first of them. */
export interface Fold<Item> {
  item: Item;
  count: number;
}

/** Items whose `alike` is the same text as their neighbour's become one; what has no such text stays alone. */
export function fold<Item>(
  items: readonly Item[],
  alike: (item: Item) => string | null | undefined,
): Fold<Item>[] {
  const folds: Fold<Item>[] = [];
  let last: string | null | undefined;
  for (const item of items) {
    const key = alike(item);
    const open = folds.at(-1);
    if (open && key && key === last) open.count += 1;
    else folds.push({ item, count: 1 });
    last = key;
  }
  return folds;
}

/** The columns of an item for a fold of them: the last one says how many there are. */
export function foldColumns<Item>(columns: readonly Column<Item>[]): Column<Fold<Item>>[] {
  return columns.map((column, index) => ({
    ...column,
    of: ({ item, count }, paper) => {
      const text = column.of(item, paper);
      const isLast = index === columns.length - 1;
      return isLast && count > 1 ? `×${count} ${text ?? ''}` : text;
    },
  }));
}
