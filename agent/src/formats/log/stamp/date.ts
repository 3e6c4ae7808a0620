import { monthNumber } from '../clock/month.ts';
import { zoneOffsetMinutes } from '../clock/zone.ts';
import { afterTime } from './after-time.ts';
import type { Stamp } from './stamp.ts';
import { isLikeDate, type PrintedDate, wordedDate } from './worded-date.ts';

/** RFC 3164 in English, which nearly every line has. */
const syslog = /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?::? |:? *$)/;
const iso =
  /^(?:\S{1,16} )?(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:([.,])(\d{1,9}))?(Z|[+-]\d\d:?(?:\d\d)?)?(?: (?!INFO |WARN |ERR |ERROR |DEBUG |TRACE |FATAL |ALERT |CRIT |EMERG |LOG )([A-Z]{2,5}|[+-]\d\d(?:\d\d)?)(?=[ :,]|$))?(?::? |:?$|(?=:\S|,,))/;
const epoch = /^(\d{9,10})\.(\d{3,9}) /;
/** Anything with a clock in it: the words before the time. */
const worded =
  /^((?:[^\s:[\]{}()=<>]+\s+){1,6})(\d{1,2}):(\d\d):(\d\d)(?:([.,])(\d{1,9}))?(?::? |:? *$)/;
/** The common log format, which some loggers print in brackets. */
const common =
  /^(\d\d\/[A-Z][a-z]{2}\/\d{4}):(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: ([+-]\d{4}))?(?: |$)/;
/** `dmesg -H` gives the minute only: `[Feb 6 11:37]`, `[Feb06 11:37]`. */
const minute = /^(\p{L}{2,8}\.?|\d{1,2}[月월]) *(\d{1,2}) (\d\d):(\d\d)$/u;
const timeOnly = /^\d\d:\d\d:\d\d(?:\.\d{1,9})? /;
/** Supercomputer logs of loghub: `- EPOCH YYYY.MM.DD NODE ` before the syslog line. */
const clusterPrefix = /^\S+ \d{9,10} (\d{4})\.\d\d\.\d\d \S+ (?=[A-Z][a-z]{2} )/;

/** A date and time at the start of `text`, in the shapes that syslog, journalctl and dmesg print. */
export function dateStamp(text: string): Stamp | null {
  const match = syslog.exec(text);
  const month = match && monthNumber(match[1] ?? '');
  if (match && month) {
    const { length } = match[0];
    const after = afterTime(text, length);
    const date = { year: after.year, month, day: Number(match[2]) };
    return stamp(length + after.length, date, match, 3, match[6], after.offsetMinutes);
  }
  return isoStamp(text) ?? epochStamp(text) ?? otherStamp(text) ?? clusterStamp(text);
}

function isoStamp(text: string): Stamp | null {
  const match = iso.exec(text);
  if (!match) return null;
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  const attached = match[9];
  const offsetMinutes = zoneOffsetMinutes(attached ?? match[10]);
  const printed = stamp(match[0].length, date, match, 4, match[8], offsetMinutes);
  if (match[7] !== ',') return printed;
  // `dmesg --time-format iso` is the one that writes a comma and a zone.
  return attached === undefined ? { ...printed, ofProgram: true } : { ...printed, dmesg: true };
}

function epochStamp(text: string): Stamp | null {
  const match = epoch.exec(text);
  if (!match) return null;
  const date = new Date(Number(match[1]) * 1000);
  return {
    length: match[0].length,
    time: {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      fraction: match[2] ?? '',
      offsetMinutes: 0,
    },
    bootUs: null,
  };
}

function otherStamp(text: string): Stamp | null {
  if (timeOnly.test(text)) return unknownTime(text.indexOf(' ') + 1);
  return wordedStamp(text) ?? minuteStamp(text) ?? commonStamp(text);
}

function wordedStamp(text: string): Stamp | null {
  const match = worded.exec(text);
  if (!match) return null;
  const [whole, words = '', , , , mark, fraction] = match;
  const after = afterTime(text, whole.length);
  const date = wordedDate(after.year === null ? words : `${words} ${after.year}`);
  const length = whole.length + after.length;
  if (!date) return unknownDate(words, length);
  const printed = stamp(length, date, match, 2, fraction, after.offsetMinutes);
  return mark === ',' ? { ...printed, ofProgram: true } : printed;
}

/** A date in numbers that may be either of two days, or in a language that is not known. */
function unknownDate(words: string, length: number): Stamp | null {
  if (/^\s*\d\d\/\d\d\/\d{4}\s*$/.test(words)) return unknownTime(length);
  return isLikeDate(words) ? { ...unknownTime(length), vague: true } : null;
}

function minuteStamp(text: string): Stamp | null {
  const match = minute.exec(text);
  const date = match && wordedDate(`${match[1]} ${match[2]}`);
  if (!match || !date) return null;
  const time = { hour: Number(match[3]), minute: Number(match[4]), second: 0, fraction: '' };
  return {
    length: match[0].length,
    time: { ...date, ...time, offsetMinutes: null },
    bootUs: null,
  };
}

function commonStamp(text: string): Stamp | null {
  const match = common.exec(text);
  const date = match && wordedDate(match[1] ?? '');
  if (!match || !date) return null;
  return stamp(match[0].length, date, match, 2, match[5], zoneOffsetMinutes(match[6]));
}

function clusterStamp(text: string): Stamp | null {
  const prefix = clusterPrefix.exec(text);
  if (!prefix) return null;
  const inner = dateStamp(text.slice(prefix[0].length));
  if (!inner?.time) return null;
  const length = prefix[0].length + inner.length;
  return { length, time: { ...inner.time, year: Number(prefix[1]) }, bootUs: null };
}

/** Hour, minute and second are three groups from `first` on. Made for every line: without copies. */
function stamp(
  length: number,
  { year, month, day }: PrintedDate,
  match: RegExpExecArray,
  first: number,
  fraction: string | undefined,
  offsetMinutes: number | null,
): Stamp {
  return {
    length,
    time: {
      year,
      month,
      day,
      hour: Number(match[first]),
      minute: Number(match[first + 1]),
      second: Number(match[first + 2]),
      fraction: fraction ?? '',
      offsetMinutes,
    },
    bootUs: null,
  };
}

function unknownTime(length: number): Stamp {
  return { length, time: null, bootUs: null };
}
