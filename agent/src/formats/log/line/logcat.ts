import type { Stamp } from '../stamp/stamp.ts';
import type { Entry } from './entry.ts';

/** `-v threadtime`, also with the uid: `05-06 07:08:09.123  root     0     0 W tag     : text`. */
const threadtime =
  /^(?:(\d{4})-)?(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3,6}) +(?:[\w.]+ +)?(\d{1,10}) +\d{1,10} [VDIWEFA] (.{0,64}?) *: ?(.*)$/s;
/** `-v time`: `05-06 07:08:09.123 I/lowmemorykiller(  555): text`. */
const time =
  /^(?:(\d{4})-)?(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3,6}) [VDIWEFA]\/(.{0,64}?) *\( *(\d{1,10})\): ?(.*)$/s;
const start = /^(?:\d{4}-)?\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6} /;

/** A line of Android's logcat; process 0 is the kernel (`-b kernel`). Null when it is another one. */
export function logcatLine(line: string): Entry | null {
  if (!start.test(line)) return null;
  const threads = threadtime.exec(line);
  const match = threads ?? time.exec(line);
  if (!match) return null;
  const [tag = '', printedPid] = threads ? [match[9], match[8]] : [match[8], match[9]];
  const pid = Number(printedPid);
  const text = match[10] ?? '';
  const kernelText = tag === '' ? text : `${tag}: ${text}`;
  return {
    stamp: stampOf(match),
    host: null,
    tag: pid === 0 ? null : tag,
    pid: pid === 0 ? null : pid,
    text: pid === 0 ? kernelText : text,
    facility: null,
    kernel: pid === 0 ? 'yes' : 'no',
    kernelText,
    bare: false,
  };
}

function stampOf([, year, month, day, hour, minute, second, fraction]: RegExpExecArray): Stamp {
  return {
    length: 0,
    bootUs: null,
    time: {
      year: year === undefined ? null : Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      fraction: fraction ?? '',
      offsetMinutes: null,
    },
  };
}
