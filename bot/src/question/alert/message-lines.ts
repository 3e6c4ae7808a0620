import { fromSlack } from '../slack-text.ts';

/** A Slack message as far as it is read: other programs put their text into attachments or blocks. */
export interface ForeignMessage {
  text?: string | undefined;
  attachments?: unknown;
  blocks?: unknown;
}

const mostLines = 400;
const longestLine = 2000;
const deepest = 12;
/** Keys that hold words for people; ids, urls and colours do not. */
const worded = ['pretext', 'title', 'text', 'value', 'name', 'alt_text', 'footer'];
const nested = ['blocks', 'elements', 'fields', 'rows', 'attachments', 'accessory'];

/** Everything that a person reads in it, line by line, with Slack's escapes and formatting undone. */
export function linesOf({ text, attachments, blocks }: ForeignMessage): string[] {
  const found: string[] = [text ?? '', ...wordsIn(blocks, 0), ...wordsIn(attachments, 0)];
  const lines = found
    .flatMap((each) => each.split(/\r?\n/))
    .map((line) => undecorated(fromSlack(line.slice(0, longestLine))))
    .filter((line) => line !== '');
  return [...new Set(lines)].slice(0, mostLines);
}

function wordsIn(value: unknown, depth: number): string[] {
  if (depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((each) => wordsIn(each, depth + 1));
  if (typeof value !== 'object' || value === null) return [];
  const part = value as Record<string, unknown>;
  if (Array.isArray(part['elements']) && /^rich_text_/.test(String(part['type'])))
    return [richText(part['elements'])];
  const { title, value: said } = part;
  // A field of an attachment: its title is the key.
  if (typeof title === 'string' && typeof said === 'string') return [`${title}: ${said}`];
  const own = worded.flatMap((key) => (typeof part[key] === 'string' ? [part[key]] : []));
  const inside = ['text', ...nested].flatMap((key) => wordsIn(part[key], depth + 1));
  const fallback = own.length + inside.length === 0 ? part['fallback'] : undefined;
  return [...own, ...inside, ...(typeof fallback === 'string' ? [fallback] : [])];
}

/** One line: its pieces differ in their style alone. */
function richText(elements: readonly unknown[]): string {
  return elements
    .map((each) => {
      const { text, url, elements: deeper } = (each ?? {}) as Record<string, unknown>;
      if (Array.isArray(deeper)) return `${richText(deeper)}\n`;
      return typeof text === 'string' ? text : typeof url === 'string' ? ` ${url} ` : '';
    })
    .join('');
}

const undecorated = (line: string) =>
  line
    .replace(/[*`]+/g, ' ')
    .replace(/(?<![\w-])_([^_]+)_(?![\w-])/g, '$1')
    .replace(/:[a-z][a-z0-9_+-]*:(?=\s|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
