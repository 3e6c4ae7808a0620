import type { PrintedTime } from '../clock/clock.ts';
import { monthNumber } from '../clock/month.ts';
import { zoneOffsetMinutes } from '../clock/zone.ts';
import type { Stamp } from './stamp.ts';

/** RFC 3164 in English, which nearly every line has. */
const syslog = /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?::? |:? *$)/;
const iso =
  /^(?:\S{1,16} )?(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?(?:\d\d)?)?(?: (?!INFO |WARN |ERROR |DEBUG |TRACE |FATAL |ALERT |CRIT |LOG )([A-Z]{2,5}|[+-]\d\d(?:\d\d)?)(?= |$))?(?: |$)/;
const epoch = /^(\d{9,10})\.(\d{3,9}) /;
/** Anything with a clock in it: the words before the time, then perhaps a zone and a year. */
const worded =
  /^((?:[^\s:[\]{}()=]+ +){1,5})(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: (?:([A-Z]{3,5}|[+-]\d{4}) )?((?:19|20)\d\d)(?= |$))?(?: |:? *$)/;
/** `dmesg -H` gives the minute only: `[Feb 6 11:37]`, `[Feb06 11:37]`. */
const minute = /^(\p{L}{2,8}\.?) *(\d{1,2}) (\d\d):(\d\d)$/u;
const timeOnly = /^\d\d:\d\d:\d\d(?:\.\d{1,9})? /;
/** Supercomputer logs of loghub: `- EPOCH YYYY.MM.DD NODE ` before the syslog line. */
const clusterPrefix = /^\S+ \d{9,10} (\d{4})\.\d\d\.\d\d \S+ (?=[A-Z][a-z]{2} )/;

/** A date and time at the start of `text`, in the shapes that syslog, journalctl and dmesg print. */
export function dateStamp(text: string): Stamp | null {
  const match = syslog.exec(text);
  const month = match && monthNumber(match[1] ?? '');
  if (match && month)
    return stamp(match[0].length, {
      year: null,
      month,
      day: Number(match[2]),
      ...hours(match, 3),
      offsetMinutes: null,
    });
  return isoStamp(text) ?? epochStamp(text) ?? otherStamp(text) ?? clusterStamp(text);
}

function isoStamp(text: string): Stamp | null {
  const match = iso.exec(text);
  if (!match) return null;
  const printed = stamp(match[0].length, {
    year: Number(match[1]),
    month: Number(match[2]),
    day: Number(match[3]),
    ...hours(match, 4),
    offsetMinutes: zoneOffsetMinutes(match[8] ?? match[9]),
  });
  // `dmesg --time-format iso` is the one that writes a comma and a zone.
  return match[8] !== undefined && match[0].includes(',') ? { ...printed, dmesg: true } : printed;
}

function epochStamp(text: string): Stamp | null {
  const match = epoch.exec(text);
  if (!match) return null;
  const date = new Date(Number(match[1]) * 1000);
  return stamp(match[0].length, {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fraction: match[2] ?? '',
    offsetMinutes: 0,
  });
}

function otherStamp(text: string): Stamp | null {
  if (timeOnly.test(text)) return { length: text.indexOf(' ') + 1, time: null, bootUs: null };
  const match = worded.exec(text) ?? minute.exec(text);
  if (!match) return null;
  if (match.length < 7) {
    const date = wordedDate(`${match[1]} ${match[2]}`);
    const time = { hour: Number(match[3]), minute: Number(match[4]), second: 0, fraction: '' };
    return date && stamp(match[0].length, { ...date, ...time, offsetMinutes: null });
  }
  const date = wordedDate((match[1] ?? '').trim());
  if (!date) return null;
  const year = match[7] === undefined ? date.year : Number(match[7]);
  const offsetMinutes = zoneOffsetMinutes(match[6]);
  return stamp(match[0].length, { ...date, year, ...hours(match, 2), offsetMinutes });
}

function clusterStamp(text: string): Stamp | null {
  const prefix = clusterPrefix.exec(text);
  if (!prefix) return null;
  const inner = dateStamp(text.slice(prefix[0].length));
  if (!inner?.time) return null;
  const length = prefix[0].length + inner.length;
  return stamp(length, { ...inner.time, year: Number(prefix[1]) });
}

/** `Di Aug 12`, `12 août`, `月 2月 8`, `Thu Jan 1 2015`: which word is what, in any order. */
function wordedDate(text: string): Pick<PrintedTime, 'year' | 'month' | 'day'> | null {
  let year: number | null = null;
  let month: number | null = null;
  let day: number | null = null;
  for (const raw of text.split(/ +/)) {
    const word = raw.replace(/,$/, '');
    const dated = /^(\d{4})[-/.年](\d\d)[-/.月](\d\d)日?$/.exec(word);
    const dashed = /^(\d\d)-(\p{L}{3,9})-(\d{4})$/u.exec(word);
    if (dated) [year, month, day] = [Number(dated[1]), Number(dated[2]), Number(dated[3])];
    else if (dashed)
      [year, month, day] = [Number(dashed[3]), monthNumber(dashed[2] ?? ''), Number(dashed[1])];
    else if (/^\d{4}年?$/.test(word)) year ??= Number.parseInt(word, 10);
    else if (/^\d{1,2}[.日일]?$/.test(word) && day === null) day = Number.parseInt(word, 10);
    else month = monthNumber(word) ?? month;
  }
  return month !== null && day !== null ? { year, month, day } : null;
}

function hours(match: RegExpExecArray, first: number) {
  return {
    hour: Number(match[first]),
    minute: Number(match[first + 1]),
    second: Number(match[first + 2]),
    fraction: match[first + 3] ?? '',
  };
}

function stamp(length: number, time: PrintedTime): Stamp {
  return { length, time, bootUs: null };
}
