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
  const ink = pc.createColors(paper.colour);
  const cut = paper.width !== Number.MAX_SAFE_INTEGER;
  const rows = items.map((item) =>
    columns.map((column) => {
      const text = printable(column.of(item, paper) ?? '') || nothing;
      return cut && column !== columns.at(-1) ? shortened(text, column.most ?? usualMost) : text;
    }),
  );
  const heads = columns.map((column) => column.head);
  const widths = columns.map((_column, index) =>
    Math.max(...[heads, ...rows].map((row) => lengthOf(row[index] ?? ''))),
  );
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + gap, 0);
  const room = Math.max(narrowestLast, paper.width - before);
  const lineOf = (cells: readonly string[]): string =>
    cells
      .map((cell, index) =>
        index === cells.length - 1
          ? cut
            ? shortened(cell, room)
            : cell
          : cell + ' '.repeat((widths[index] ?? 0) - lengthOf(cell) + gap),
      )
      .join('')
      .trimEnd();
  return [ink.dim(lineOf(heads)), ...rows.map(lineOf)].map((line) => `${line}\n`).join('');
}

const lengthOf = (text: string): number => [...text].length;
