import { dateStamp } from '../stamp/date.ts';
import { printkStamp } from '../stamp/printk.ts';

/** Colours and cursor movements of a console. */
const terminalCodes = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|[()][0-9A-B]|[=>78])/g;
/** What a mail, a bug report or a text with indentation puts before a quoted line. */
const quote = /^(?:[\s>|:*│`"']|[+-](?=\s))+(?=[\p{L}\d<[])/u;
const quotes = ' \t>|:*+│`"\'-';
const mailQuote = /^[\s>]+/;
/** What grep puts before a line of several files, or with its number: `kern.log.1:`, `123-`. */
const grepPrefix =
  /^(?:[\w./+-]*(?:\/|log|messages|kern|dmesg)[\w./+-]*[:-])?(?:\d{1,9}[:-])?(?=\[ *\d|[A-Z][a-z]{2} [ \d]\d \d\d:|\d{4}-\d\d-\d\dT)/;
/** A number that an editor or a pager put before the line. */
const lineNumber = /^\s{0,8}\d{1,7}(?:\s{0,4}[.:|│)]\s{0,4}|\t| {1,4})(?=[[<A-Z])/;
const digits = '0123456789 ';
/** What begins a block of a web page. */
const tags = /^(?:\s*<(?:pre|code|p|br|tt|blockquote|div|span)\b[^<>]{0,80}>)+/i;
/** A copy of the source of a web page. */
const markup = /&(?:lt|gt|quot|nbsp|#39|#x27);/;
const entities: Readonly<Record<string, string>> = {
  ...{ lt: '<', gt: '>', quot: '"', nbsp: ' ', amp: '&', '#39': "'", '#x27': "'" },
};

/** The line as the log had it: without what a terminal, grep, a mail or a web page put around it. */
export function unquoted(printed: string): string {
  const shown = printed.includes('\u001b') ? printed.replace(terminalCodes, '') : printed;
  const spaced = shown.includes('\u00a0') ? shown.replaceAll('\u00a0', ' ') : shown;
  const plain = spaced.includes('&') && markup.test(spaced) ? withoutEntities(spaced) : spaced;
  const untagged = plain.includes('<') ? plain.replace(tags, '') : plain;
  const line = withoutNumber(untagged.replace(grepPrefix, ''));
  if (!quotes.includes(line.charAt(0)) || line === '') return line;
  const bare = withoutEndQuote(line, line.replace(quote, ''));
  if (isStamped(bare)) return bare;
  // A wrapped rest keeps its blanks.
  return line.startsWith('>') ? line.replace(mailQuote, '') : line;
}

function withoutEntities(line: string): string {
  return line.replace(/&(#?\w{2,5});/g, (whole, name: string) => entities[name] ?? whole);
}

function withoutNumber(line: string): string {
  if (!digits.includes(line.charAt(0))) return line;
  const match = lineNumber.exec(line);
  if (!match) return line;
  const rest = line.slice(match[0].length);
  return isStamped(rest) ? rest : line;
}

function isStamped(text: string): boolean {
  const unranked = text.replace(/^<\d{1,3}>/, '');
  return (printkStamp(unranked) ?? dateStamp(unranked)) !== null;
}

/** `"line",` of a list of strings: the closing quote goes with the opening one. */
function withoutEndQuote(line: string, bare: string): string {
  const before = line.slice(0, line.length - bare.length).at(-1) ?? '';
  return '"\'`'.includes(before) ? bare.replace(/["'`],?\s*$/, '') : bare;
}
