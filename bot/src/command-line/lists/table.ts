import { printable, shortened } from '@coroner/schema/verdict/words/printable';
import pc from 'picocolors';
import type { Paper } from '../../terminal/print-reply.ts';

export interface Column<Item> {
  head: string;
  of: (item: Item, paper: Paper) => string | null;
  /** Longest that a cell may be; the last column has what is left of the line. */
  most?: number;
}

const gap = 2;
const usualMost = 24;
const narrowestLast = 20;
const nothing = '-';

/**
 * Rows under a head, each on one line of the paper's width, ended by a newline. What a process or
 * a person chose is made printable. On wide paper (no terminal) nothing is cut.
 */
export function table<Item>(
  columns: readonly Column<Item>[],
  items: readonly Item[],
  paper: Paper,
): string {
  return growingTable(columns, paper)(items);
}

/**
 * A table whose rows come one after another: what is printed of the next ones, under a head before the
 * first. Columns are as wide as what they held so far.
 */
export function growingTable<Item>(
  columns: readonly Column<Item>[],
  paper: Paper,
): (items: readonly Item[]) => string {
  const heads = columns.map((column) => column.head);
  const widths = heads.map(lengthOf);
  const ink = pc.createColors(paper.colour);
  let isFirst = true;
  return (items) => {
    const rows = items.map((item) => cellsOf(columns, item, paper));
    for (const row of rows)
      for (const [index, cell] of row.entries())
        widths[index] = Math.max(widths[index] ?? 0, lengthOf(cell));
    const head = isFirst ? [ink.dim(lineOf(heads, widths, paper))] : [];
    isFirst = false;
    const lines = [...head, ...rows.map((row) => lineOf(row, widths, paper))];
    return lines.map((line) => `${line}\n`).join('');
  };
}

const isCut = (paper: Paper): boolean => paper.width !== Number.MAX_SAFE_INTEGER;

/** What stands in a row, made printable; the last one is not cut yet. */
export const cellsOf = <Item>(
  columns: readonly Column<Item>[],
  item: Item,
  paper: Paper,
): string[] =>
  columns.map((column) => {
    const text = printable(column.of(item, paper) ?? '') || nothing;
    const stays = !isCut(paper) || column === columns.at(-1);
    return stays ? text : shortened(text, column.most ?? usualMost);
  });

function lineOf(cells: readonly string[], widths: readonly number[], paper: Paper): string {
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + gap, 0);
  const room = Math.max(narrowestLast, paper.width - before);
  return cells
    .map((cell, index) => {
      if (index < cells.length - 1)
        return cell + ' '.repeat((widths[index] ?? 0) - lengthOf(cell) + gap);
      return isCut(paper) ? shortened(cell, room) : cell;
    })
    .join('')
    .trimEnd();
}

const lengthOf = (text: string): number => [...text].length;
