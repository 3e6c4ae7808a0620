import { dateStamp } from '../stamp/date.ts';
import { printkStamp, printkStampIndex } from '../stamp/printk.ts';
import type { Stamp } from '../stamp/stamp.ts';
import { apportLine } from './apport.ts';
import { containerLine } from './container-line.ts';
import type { Entry } from './entry.ts';
import { kmsgRecord } from './kmsg-record.ts';
import { priority } from './priority.ts';
import { rfc5424 } from './rfc5424.ts';
import { hostAndLooseTag, hostAndTag, type Tagged, tagOnly } from './tag.ts';

const kernelTag = 'kernel';
const kern = 0;
const user = 1;
/** Colours and cursor movements of a console. */
const terminalCodes = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|[()][0-9A-B]|[=>])/g;
/** What a mail, a bug report or a text with indentation puts before a quoted line. */
const quote = /^[\s>|:]+(?=[\w[])/;
const quotes = ' \t>|:';
/** What grep puts before a line of several files, or with its number: `kern.log.1:`, `123-`. */
const grepPrefix =
  /^(?:[\w./+-]*(?:\/|log|messages|kern|dmesg)[\w./+-]*[:-])?(?:\d{1,9}[:-])?(?=\[ *\d|[A-Z][a-z]{2} [ \d]\d \d\d:|\d{4}-\d\d-\d\dT)/;
/** A console prompt before the kernel's time is short, and no program's `name[pid]:`. */
const longestPrompt = 200;
const programBefore = /\[\d+\]:/;

/** What the lines before have shown of the file's shape. */
export interface Dialect {
  /** Host that `journalctl -o short-monotonic` prints after the time; null until it was seen. */
  monotonicHost: string | null;
}

/** Takes a line of any text log apart: time, host, program, message. */
export function parseLine(line: string, dialect: Dialect): Entry {
  const plain = line.includes('\u001b') ? line.replace(terminalCodes, '') : line;
  const clean = unquoted(plain);
  const record = kmsgRecord(clean) ?? containerLine(clean) ?? apportLine(clean);
  if (record) return record;
  const ranked = priority(clean);
  const text = ranked ? clean.slice(ranked.length) : clean;
  const facility = ranked?.facility ?? null;
  if (ranked?.version) {
    const entry = rfc5424(text, ranked.facility ?? kern);
    if (entry) return entry;
  }
  const printk = printkStamp(text);
  if (printk) return afterPrintk(text.slice(printk.length), printk, facility, dialect);
  const date = dateStamp(text);
  if (date) return afterDate(text.slice(date.length), date, facility);
  return withoutTime(text, facility, ranked !== null);
}

/** A quoted line, if it begins with a time then; a wrapped rest keeps its blanks. */
function unquoted(quoted: string): string {
  const line = quoted.replace(grepPrefix, '');
  if (!quotes.includes(line.charAt(0)) || line === '') return line;
  const bare = line.replace(quote, '');
  if (printkStamp(bare) ?? dateStamp(bare)) return bare;
  return line.startsWith('>') ? bare : line;
}

/** dmesg, a console, or `journalctl -o short-monotonic`. */
function afterPrintk(rest: string, stamp: Stamp, facility: number | null, dialect: Dialect): Entry {
  const named = hostAndTag(rest);
  if (named?.tag === kernelTag && named.pid === null && stamp.bootUs !== null) {
    if (named.host !== null) dialect.monotonicHost = named.host;
    return entry(stamp, named, facility);
  }
  // A collector that writes `[date] kernel: text`; in `dmesg -T` anybody can have written it.
  if (named?.tag === kernelTag && named.pid === null)
    return maybeKernel(named.text, stamp, null, facility);
  if (dialect.monotonicHost !== null && named?.host === dialect.monotonicHost)
    return entry(stamp, named, facility);
  return maybeKernel(rest, stamp, named ?? tagOnly(rest), facility);
}

/** syslog, journalctl, or dmesg with wall clock times. */
function afterDate(rest: string, stamp: Stamp, facility: number | null): Entry {
  if (stamp.dmesg) return maybeKernel(rest, stamp, tagOnly(rest), facility);
  const named = hostAndTag(rest);
  if (named) return entry(stamp, named, facility);
  const blank = rest.indexOf(' ');
  for (const from of [0, blank + 1]) {
    const printk = printkStamp(rest.slice(from));
    if (printk?.bootUs === null || !printk) continue;
    const text = rest.slice(from + printk.length);
    const merged = { ...stamp, bootUs: printk.bootUs };
    return maybeKernel(text, merged, null, facility);
  }
  return maybeKernel(rest, stamp, hostAndLooseTag(rest), facility);
}

function withoutTime(text: string, facility: number | null, ranked: boolean): Entry {
  const named = tagOnly(text);
  if (named?.tag === kernelTag && named.pid === null) return entry(null, named, facility);
  const index = printkStampIndex(text);
  if (index > 0 && index <= longestPrompt && !programBefore.test(text.slice(0, index))) {
    const printk = printkStamp(text.slice(index));
    if (printk) return maybeKernel(text.slice(index + printk.length), printk, null, facility);
  }
  const hosted = named === null ? hostAndTag(text) : null;
  if (hosted?.tag === kernelTag && hosted.pid === null)
    return maybeKernel(hosted.text, null, null, facility, hosted.host);
  return { ...maybeKernel(text.trimStart(), null, named, facility), bare: !ranked };
}

/** A line with a named writer. */
function entry(stamp: Stamp | null, named: Tagged, facility: number | null): Entry {
  const known = named.facility ?? facility;
  // busybox's klogd writes as user: openlog(3) takes the facility 0, kern, for "none given".
  const writesAs = named.facility === user ? kern : (known ?? kern);
  const isKernel =
    named.tag === kernelTag && (named.pid === null || named.pid === 0) && writesAs === kern;
  const printk = isKernel ? printkStamp(named.text.trimStart()) : null;
  const text = printk ? named.text.trimStart().slice(printk.length) : named.text;
  return {
    stamp: withBootTime(stamp, printk),
    host: named.host,
    tag: named.tag,
    pid: named.pid,
    text,
    facility: known,
    kernel: isKernel ? 'yes' : 'no',
    kernelText: text,
    bare: false,
  };
}

function withBootTime(stamp: Stamp | null, printk: Stamp | null): Stamp | null {
  if (!printk) return stamp;
  return stamp ? { ...stamp, bootUs: printk.bootUs } : printk;
}

/** Nobody is named for certain: the kernel's text stands whole, a program's after its tag. */
function maybeKernel(
  kernelText: string,
  stamp: Stamp | null,
  named: Tagged | null,
  facility: number | null,
  host: string | null = null,
): Entry {
  return {
    stamp,
    host: named?.host ?? host,
    tag: named?.tag ?? null,
    pid: named?.pid ?? null,
    text: named?.text ?? kernelText,
    facility,
    kernel: facility !== null && facility !== kern ? 'no' : facility === kern ? 'yes' : 'maybe',
    kernelText,
    bare: false,
  };
}
