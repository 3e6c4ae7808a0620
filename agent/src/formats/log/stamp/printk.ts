import { dateStamp } from './date.ts';
import type { Stamp } from './stamp.ts';

/** `[   12.345678]`, `[12.345678 <    0.000123>]` (dmesg -d), `[ +0.000012]` (dmesg -H), `[12.345678][ T1]`. */
const monotonic = /^\[ *(\d+)\.(\d{1,9})(?:,\d+)?(?: +< *\d+\.\d+ *>)?\]:? ?/;
const relative = /^\[ *\+\d+\.\d{6}\] ?/;
/** A caller id (CONFIG_PRINTK_CALLER) or a CPU after the time. */
const caller = /^(?:\[ *[TC]\d+\]|\(\d+\)\[\d+:[^\]]*\]) ?/;
/** The same time anywhere, for a line that a console glued to a prompt. */
const anywhere = /\[ *\d+\.\d{3,9}\]/;
const longestDate = 48;

/** The kernel's own time in brackets at the start of `text`, or the date that `dmesg -T` makes of it. */
export function printkStamp(text: string): Stamp | null {
  if (text.charCodeAt(0) !== 0x5b) return null;
  const match = monotonic.exec(text);
  if (match) {
    const micros =
      Number(match[1]) * 1_000_000 + Number((match[2] ?? '').slice(0, 6).padEnd(6, '0'));
    const bootUs = Number.isSafeInteger(micros) ? micros : null;
    return { length: withCaller(text, match[0].length), time: null, bootUs };
  }
  const bare = relative.exec(text);
  if (bare) return { length: withCaller(text, bare[0].length), time: null, bootUs: null };
  const end = text.indexOf(']');
  if (end < 8 || end > longestDate) return null;
  const inside = text.slice(1, end);
  const date = dateStamp(inside.trim());
  if (!date || date.length < inside.trim().length) return null;
  const length = end + (text[end + 1] === ' ' ? 2 : 1);
  return { length: withCaller(text, length), time: date.time, bootUs: null };
}

/** Where a console line has the kernel's time after something else; -1 when nowhere. */
export function printkStampIndex(text: string): number {
  return text.includes('[') ? text.search(anywhere) : -1;
}

function withCaller(text: string, length: number): number {
  return length + (caller.exec(text.slice(length, length + 40))?.[0].length ?? 0);
}
