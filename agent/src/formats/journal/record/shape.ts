import { isVerboseHeading } from './verbose-records.ts';

/** What journalctl was asked for; `binary` is a file of journald, `text` any of the short shapes. */
export type Shape = 'json' | 'export' | 'verbose' | 'binary' | 'text';

const magic = 'LPKSHHRH';
const json = /^(?:\u001e|data: )?\{/m;
/** What only a journal's entries have, in the JSON of journalctl: not what a program quotes. */
const journalJson =
  /^(?:\u001e|data: )?\{\s*(?:".*?[,{]\s*)?"(?:__REALTIME_TIMESTAMP|__CURSOR)"\s*:/s;
const exported = /^(?:[A-Z_][A-Z0-9_]{0,63}=[^\n]*\n){0,64}(?:__REALTIME_TIMESTAMP|__CURSOR)=/;

/** The shape of a file that is said to be a journal, by its first bytes. */
export function shapeOf(head: Buffer): Shape {
  if (head.toString('latin1', 0, magic.length) === magic) return 'binary';
  const start = head.toString('utf8');
  if (json.test(start)) return 'json';
  return recordShape(start) ?? (start.trim() === '' ? 'json' : 'text');
}

/** The shape of a file that is said to be a text log, where it is a journal; null where it is none. */
export function recordShape(start: string): 'json' | 'export' | 'verbose' | null {
  const text = start.trimStart();
  if (journalJson.test(text)) return 'json';
  if (exported.test(text)) return 'export';
  return text.split('\n', 2).some(isVerboseHeading) ? 'verbose' : null;
}
