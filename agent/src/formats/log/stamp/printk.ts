import { dateStamp } from './date.ts';
import type { Stamp } from './stamp.ts';

/** `[   12.345678]`, `[12.345678 <    0.000123>]` (dmesg -d), `[12.345678,5]`, `[12.345678s]` (Huawei), `[12.3]@2`. */
const monotonic = /^\[ *(\d+)\.(\d{1,9})(?:,\d+|s)?(?: *< *\d+\.\d+ *>)?\](?:@\d{1,4})?:?[ \t]?/;
/** `[ +0.000012]` (dmesg -H), `[<    0.000012>]` (dmesg -d). */
const relative = /^\[(?: *\+\d+\.\d{6}| *< *\d+\.\d+ *>)\] ?/;
/**
 * What stands after the time: a caller id (CONFIG_PRINTK_CALLER), or the CPU and the task in the
 * kernels of phones: ` (2)[99:kswapd0]`, `[2: kswapd0:   99]`, `[pid:99,cpu2,kswapd0]`,
 * `[99, kswapd0]`, ` c2     99 `.
 */
const caller =
  /^ ?(?:\[ *([TC]\d+)\]|\(\d+\)\[\d+:[^\]]*\]|\[ *\d{1,3}: *[^\]]{1,24}: *\d+\]|\[pid:\d+,cpu\d+,[^\]]{1,40}\]|\[\d+, [^\]\d][^\]]{0,15}\](?= ?\S)|c\d{1,3} +\d+ ) ?/;
const longestCaller = 64;
/** The same time anywhere, for a line that a console glued to a prompt. */
const anywhere = /\[ *\d+\.\d{3,9}\]/;
const longestDate = 72;
/** `dmesg -dT`, `dmesg -dH`. */
const delta = /\s*< *\d+\.\d+ *>$/;
/** `dmesg -T` in whatever language: its words may be unknown, its end is not. */
const dmesgDate = /^[^[\]]{1,40}\s\d{1,2}:\d\d:\d\d\s(?:19|20)\d\d$/;

/** The kernel's own time in brackets at the start of `text`, or the date that `dmesg -T` makes of it. */
export function printkStamp(text: string): Stamp | null {
  if (text.charCodeAt(0) !== 0x5b) return null;
  const match = monotonic.exec(text);
  if (match) {
    const micros =
      Number(match[1]) * 1_000_000 + Number((match[2] ?? '').slice(0, 6).padEnd(6, '0'));
    const bootUs = Number.isSafeInteger(micros) ? micros : null;
    return withCaller(text, { length: match[0].length, time: null, bootUs });
  }
  const bare = relative.exec(text);
  if (bare) return withCaller(text, { length: bare[0].length, time: null, bootUs: null });
  const end = text.indexOf(']');
  if (end < 8 || end > longestDate) return null;
  const inside = text.slice(1, end).trim().replace(delta, '');
  const date = dateStamp(inside);
  const isWhole = date !== null && date.length >= inside.length && date.vague !== true;
  if (!isWhole && !dmesgDate.test(inside)) return null;
  const length = end + (text[end + 1] === ' ' ? 2 : 1);
  return withCaller(text, { time: null, bootUs: null, ...(isWhole ? date : {}), length });
}

/** Where a console line has the kernel's time after something else; -1 when nowhere. */
export function printkStampIndex(text: string): number {
  return text.includes('[') ? text.search(anywhere) : -1;
}

function withCaller(text: string, stamp: Stamp): Stamp {
  const match = caller.exec(text.slice(stamp.length, stamp.length + longestCaller));
  if (!match) return stamp;
  const length = stamp.length + match[0].length;
  return { ...stamp, length, ...(match[1] === undefined ? {} : { caller: match[1] }) };
}
