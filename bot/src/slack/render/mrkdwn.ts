import { printable } from '@coroner/schema/verdict/words/printable';
import type { Word, Words } from '../../conversation/words.ts';

const special: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const ellipsis = '…';
const secondMs = 1000;
const longestInstant = 40;

/** Slack's three escapes; names may hold `<!channel>`. Newlines and control characters become visible. */
export function escaped(text: string): string {
  return printable(text).replace(/[&<>]/g, (character) => special[character] ?? character);
}

/** Escaped text of at most `limit` characters, never cut within an escape or a surrogate pair. */
export function escapedWithin(text: string, limit: number): string {
  const whole = escaped(text);
  if (whole.length <= limit) return whole;
  let cut = '';
  for (const character of printable(text)) {
    const next = special[character] ?? character;
    if (cut.length + next.length > limit - ellipsis.length) break;
    cut += next;
  }
  return limit < 1 ? '' : cut + ellipsis;
}

/** Words as Slack's mrkdwn, at most `limit` characters; formatting is never left open by a cut. */
export function mrkdwn(words: Words, limit: number): string {
  let out = '';
  for (const word of words) {
    const room = limit - out.length;
    const piece = rendered(word, room);
    out += piece.text;
    if (piece.cut) break;
  }
  return out;
}

function rendered(word: Word, room: number): { text: string; cut: boolean } {
  if (typeof word === 'string') {
    return { text: escapedWithin(word, room), cut: escaped(word).length > room };
  }
  if ('at' in word) {
    const text = date(word.at);
    return text.length > room ? { text: '', cut: true } : { text, cut: false };
  }
  // A backquote cannot be escaped within code, and empty code would show its quotes.
  const code = word.code.replaceAll('`', "'");
  if (code.trim() === '') return { text: '', cut: false };
  const inner = escapedWithin(code, room - 2);
  return { text: inner === '' ? '' : `\`${inner}\``, cut: escaped(code).length > room - 2 };
}

/** An instant that Slack shows in each reader's own time zone. */
export function date(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return escapedWithin(instant, longestInstant);
  return `<!date^${Math.floor(at.getTime() / secondMs)}^{date_short_pretty} {time_secs}|${utc(at)}>`;
}

function utc(at: Date): string {
  return at
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}

/** Words as text without any formatting, for notifications; escaped too, for Slack parses it. */
export function plain(words: Words, limit: number): string {
  const text = words
    .map((word) => {
      if (typeof word === 'string') return word;
      if ('code' in word) return `\`${word.code}\``;
      const at = new Date(word.at);
      return Number.isNaN(at.getTime()) ? word.at : utc(at);
    })
    .join('');
  return escapedWithin(text, limit);
}
