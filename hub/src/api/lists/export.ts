import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

/** A page as lists have it. */
export interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** Reads the page at a cursor; undefined: the first. */
export type ReadPage<Item> = (cursor: string | undefined, limit: number) => Promise<Page<Item>>;

/** Rows that are read at once: few enough that a slow reader holds little memory. */
const pageRows = 500;

/**
 * All pages, at most so many items, read as fast as they are taken. The first page is there when
 * this resolves, so that a wrong cursor is still an answer and not a broken stream.
 */
export async function allPages<Item>(
  readPage: ReadPage<Item>,
  cursor: string | undefined,
  most = Number.POSITIVE_INFINITY,
): Promise<AsyncGenerator<Item[]>> {
  let page = await readPage(cursor, Math.min(pageRows, most));
  async function* pages(): AsyncGenerator<Item[]> {
    for (let left = most; ; ) {
      yield page.items;
      left -= page.items.length;
      if (page.next === null || left <= 0) return;
      page = await readPage(page.next, Math.min(pageRows, left));
    }
  }
  return pages();
}

/** One JSON object a line, https://github.com/ndjson/ndjson-spec. */
export function asNdjson<Item>(pages: AsyncIterable<Item[]>, shape: z.ZodType<Item>): Readable {
  return Readable.from(
    texts(pages, (items) => items.map((item) => `${JSON.stringify(shape.parse(item))}\n`).join('')),
  );
}

/**
 * RFC 4180 with a header; a column for each field, what is no single value as JSON, and what only
 * some items have in `more`. A cell that a spreadsheet would take for a formula, for anybody may
 * name a process "=cmd|…", begins with `'`.
 */
export function asCsv<Item>(pages: AsyncIterable<Item[]>, shape: z.ZodObject): Readable {
  const fields = Object.keys(shape.shape);
  const columns = shape.def.catchall ? [...fields, 'more'] : fields;
  const rowOf = (item: Item): Record<string, unknown> => {
    const row = shape.parse(item);
    const more = Object.entries(row).filter(([name]) => !fields.includes(name));
    return { ...row, more: Object.fromEntries(more) };
  };
  let header = true;
  const textOf = (items: Item[]): string => {
    const text = stringify(items.map(rowOf), {
      ...{ header, columns, record_delimiter: '\r\n', escape_formulas: true },
      cast: { boolean: String, object: (value) => JSON.stringify(value) },
    });
    header = false;
    return text;
  };
  return Readable.from(texts(pages, textOf));
}

/** A chunk for each page that is not empty: one a row would cost more than the row. */
async function* texts<Item>(
  pages: AsyncIterable<Item[]>,
  textOf: (items: Item[]) => string,
): AsyncGenerator<string> {
  for await (const items of pages) {
    const text = textOf(items);
    if (text !== '') yield text;
  }
}
