import { dateStamp } from '../stamp/date.ts';
import { printkStamp, printkStampIndex } from '../stamp/printk.ts';
import type { Stamp } from '../stamp/stamp.ts';
import { apportLine } from './apport.ts';
import { containerLine } from './container-line.ts';
import { type Entry, isKernelTag, withKernelTime } from './entry.ts';
import { kmsgRecord } from './kmsg-record.ts';
import { logcatLine } from './logcat.ts';
import { priority } from './priority.ts';
import { isPrompt } from './prompt.ts';
import { unquoted } from './quoting.ts';
import { rfc5424 } from './rfc5424.ts';
import { hostAndLooseTag, hostAndTag, type Tagged, tagOnly } from './tag.ts';

const kern = 0;
const user = 1;
/** RFC 5424 whose priority a copy lost. */
const isUnranked = /^1 \d{4}-\d\d-\d\dT/;

/** A terminal server that dates a console on which the kernel prints its levels: `  <4>[   12.345678] `. */
const datedLevel = /^ {0,4}<[0-7]>(?=\[)/;
/** syslogd's broadcast to terminals, below `Message from syslogd@…`. */
const broadcast = /^ (?=kernel: ?\S)/;

/** vmware.log: what the kernel of the guest wrote on its console. */
const vmwareGuest =
  /^(?:In\(\d\d\) vcpu-\d{1,4} - |\| vcpu-\d{1,4}\| I\d{1,4}: )Guest: (?:<\d{1,3}>)?/;

/** A collector may write the host and no program before the kernel's line; `<bob>` is somebody who talks. */
const hostWord = /^[\w.:-]+ /;

/** Jenkins and other build servers date what a job prints; a terminal that dates a console leaves the T out. */
const buildStamp = /^\[\d{4}-\d\d-\d\dT[\d:.]{8,18}Z\]/;

/** What the lines before have shown of the file's shape. */
export interface Dialect {
  /** Host that `journalctl -o short-monotonic` prints after the time; null until it was seen. */
  monotonicHost: string | null;
}

/** Takes a line of any text log apart: time, host, program, message. */
export function parseLine(line: string, dialect: Dialect): Entry {
  const clean = unquoted(line);
  const record =
    kmsgRecord(clean) ?? containerLine(clean) ?? apportLine(clean) ?? logcatLine(clean);
  if (record) return record;
  const ranked = priority(clean);
  const text = ranked ? clean.slice(ranked.length) : clean;
  const facility = ranked?.facility ?? null;
  const structured = ranked?.version
    ? rfc5424(text, ranked.facility ?? kern)
    : isUnranked.test(text)
      ? rfc5424(text.slice(2), facility)
      : null;
  if (structured) return structured;
  const printk = printkStamp(text);
  if (printk) {
    const rest = text.slice(printk.length);
    if (buildStamp.test(text) && printkStamp(rest)?.bootUs == null)
      return programs(rest, printk, tagOnly(rest), facility);
    return afterPrintk(rest, printk, facility, dialect);
  }
  const date = dateStamp(text);
  const dated = date && afterDate(text.slice(date.length), date, facility);
  return dated ?? withoutTime(text, facility, ranked !== null);
}

/** dmesg, a console, or `journalctl -o short-monotonic`. */
function afterPrintk(rest: string, stamp: Stamp, facility: number | null, dialect: Dialect): Entry {
  const named = hostAndTag(rest);
  if (named && isKernelTag(named) && stamp.bootUs !== null) {
    if (named.host !== null) dialect.monotonicHost = named.host;
    return entry(stamp, named, facility);
  }
  // A collector that writes `[date] kernel: text`; in `dmesg -T` anybody can have written it.
  if (named && isKernelTag(named)) return maybeKernel(named.text, stamp, null, facility);
  if (dialect.monotonicHost !== null && named?.host === dialect.monotonicHost)
    return entry(stamp, named, facility);
  // A terminal that dates what the console prints.
  const inner = stamp.time ? printkStamp(rest) : null;
  if (inner && inner.bootUs !== null)
    return maybeKernel(rest.slice(inner.length), merged(stamp, inner), null, facility);
  return maybeKernel(rest, stamp, named ?? tagOnly(rest), facility);
}

/** syslog, journalctl, or dmesg with wall clock times; null when it was no date after all. */
function afterDate(rest: string, stamp: Stamp, facility: number | null): Entry | null {
  if (stamp.dmesg) return maybeKernel(rest, stamp, tagOnly(rest), facility);
  const named = hostAndTag(rest);
  if (stamp.vague) {
    const isWriter = named !== null && (isKernelTag(named) || named.pid !== null);
    return isWriter ? entry(stamp, named, facility) : null;
  }
  if (named) return entry(stamp, named, facility);
  const guest = (vmwareGuest.exec(rest) ?? datedLevel.exec(rest))?.[0].length ?? 0;
  const host = hostWord.exec(rest)?.[0].length ?? 0;
  for (const from of guest > 0 ? [guest] : [0, host]) {
    const printk = printkStamp(rest.slice(from));
    if (printk?.bootUs === null || !printk) continue;
    const text = rest.slice(from + printk.length);
    return maybeKernel(text, merged(stamp, printk), null, facility);
  }
  // dmesg prints its dates in brackets: the kernel's words after a bare one are a program's.
  return programs(rest, stamp, hostAndLooseTag(rest), facility);
}

function withoutTime(text: string, facility: number | null, ranked: boolean): Entry {
  const named = tagOnly(text.replace(broadcast, ''));
  if (named && isKernelTag(named)) return entry(null, named, facility);
  const index = printkStampIndex(text);
  const printk =
    index > 0 && isPrompt(text.slice(0, index)) ? printkStamp(text.slice(index)) : null;
  if (printk) return maybeKernel(text.slice(index + printk.length), printk, null, facility);
  const hosted = named === null ? hostAndTag(text) : null;
  if (hosted && isKernelTag(hosted)) {
    const inner = printkStamp(hosted.text);
    const kernelText = inner ? hosted.text.slice(inner.length) : hosted.text;
    return maybeKernel(kernelText, inner, null, facility, hosted.host);
  }
  return { ...maybeKernel(text.trimStart(), null, named, facility), bare: !ranked };
}

/** A line with a named writer. */
function entry(stamp: Stamp | null, named: Tagged, facility: number | null): Entry {
  const known = named.facility ?? facility;
  // busybox's klogd writes as user: openlog(3) takes the facility 0, kern, for "none given".
  const writesAs = named.facility === user ? kern : (known ?? kern);
  const isKernel = isKernelTag(named) && writesAs === kern && stamp?.ofProgram !== true;
  const line: Entry = {
    stamp,
    host: named.host,
    tag: named.tag,
    pid: named.pid,
    text: named.text,
    facility: known,
    kernel: isKernel ? 'yes' : 'no',
    kernelText: named.text,
    bare: false,
  };
  return isKernel ? withKernelTime(line) : line;
}

/** The date of the outer stamp with the kernel's own time. */
function merged(outer: Stamp, inner: Stamp): Stamp {
  return { ...outer, ...inner, time: outer.time };
}

/** A line of a program that may not be named. */
function programs(
  whole: string,
  stamp: Stamp,
  named: Tagged | null,
  facility: number | null,
): Entry {
  return {
    stamp,
    host: named?.host ?? null,
    tag: named?.tag ?? null,
    pid: named?.pid ?? null,
    text: named?.text ?? whole,
    facility,
    kernel: 'no',
    kernelText: whole,
    bare: false,
  };
}

/** Nobody is named for certain: the kernel's text stands whole, a program's after its tag. */
function maybeKernel(
  kernelText: string,
  stamp: Stamp | null,
  named: Tagged | null,
  facility: number | null,
  host: string | null = null,
): Entry {
  const isProgram = stamp?.ofProgram === true || (facility !== null && facility !== kern);
  return {
    stamp,
    host: named?.host ?? host,
    tag: named?.tag ?? null,
    pid: named?.pid ?? null,
    text: named?.text ?? kernelText,
    facility,
    kernel: isProgram ? 'no' : facility === kern ? 'yes' : 'maybe',
    kernelText,
    bare: false,
  };
}
