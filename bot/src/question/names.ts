import { doubleWordsAsNames } from './double-words.ts';

/**
 * Names are taken out of the text before time is looked for, or "db-2 around 3am" and "app-10" would
 * be read as numbers. A taken name is a letter of the private use area, which nothing else matches.
 */
const firstMark = 0xe000;
export const mark = /[\ue000-\uefff]/;
export const marks = /[\ue000-\uefff]/g;

export interface Masked {
  text: string;
  names: readonly string[];
}

const quoted = /"([^"]+)"|`([^`]+)`|(?<![\w])'([^']+)'(?!\w)/g;
/** Words that look like a name and are a time: `3am`, `03:12:07`, `10min`, `2026-11-23T03:12Z`, `3rd`. */
const timeLike =
  /^(?:\d{1,2}(?:[:.]\d{2}){0,2}(?:\.\d+)?(?:am|pm|h|z|utc)?|\d+(?:s|secs?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|am|pm|st|nd|rd|th)|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?(?:[t ]\S+)?|(?:utc|gmt)[+-]\d+|\d{1,2}:\d{2}(?::\d{2})?[-–]\d{1,2}:\d{2}(?::\d{2})?)$/i;
/** A word that holds a letter and beside it a digit or a separator, as hosts, units and paths do. */
const nameLike =
  /^(?!-)(?!(?:pid|host|hostname|server|machine|box|node|vm|process)[=:])(?:(?=.*[a-z])(?=.*[\d._/@:+-]).+|\d{1,3}(?:\.\d{1,3}){3})$/i;

/** `text` with quoted names and words that can only be names replaced by marks. */
export function maskNames(text: string): Masked {
  const names: string[] = [];
  const put = (name: string) => {
    names.push(name);
    return String.fromCharCode(firstMark + names.length - 1);
  };
  const unquoted = text.replace(quoted, (_, double, back, single) => put(double ?? back ?? single));
  const masked = unquoted.replace(/[^\s,;!?()[\]{}\ue000-\uefff]+/g, (word) => {
    const trimmed = word.replace(/[.:']+$|'s$/, '');
    const tail = word.slice(trimmed.length);
    if (timeLike.test(trimmed) || !nameLike.test(trimmed)) return word;
    return put(trimmed) + tail;
  });
  return { text: doubleWordsAsNames(masked, put), names };
}

/** `3am`, `10min`, `03:12`: no name. */
export function isTime(word: string): boolean {
  return timeLike.test(word);
}

/** The name behind a mark; any other word as it is. */
export function unmask(word: string, masked: Masked): string {
  return masked.names[word.charCodeAt(0) - firstMark] ?? word;
}

export function isMark(word: string): boolean {
  return word.length === 1 && mark.test(word);
}
