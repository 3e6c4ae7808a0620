import { faultLine } from '../fault/fault.ts';
import { memoryFailure } from '../fault/memory-failure.ts';
import { killLine } from '../oom/kill-line.ts';
import { invokedLine, nominatedLine } from '../oom/other-lines.ts';
import { runningTask } from '../running-task.ts';

/** A line that a console cut at its right edge, or a mail wrapped at a blank. */
export interface Shape {
  /** The line is of this shape and may lack its rest. */
  mayBeCut(text: string): boolean;
  /** How much the line says: a rest that makes it no more is none. */
  said(text: string): number;
  /** What a rest of it consists of. */
  readonly rest: RegExp;
}

const plain = /^[\w:,. ()+|=/-]*$/;

/** `Killed process …`, `Kill process … score …`; also where the line ends before the name. */
const victim: Shape = {
  mayBeCut: (text) =>
    /^Memory cgroup out|^Out of [mM]|^No available m|^Killed process \d/.test(text),
  said: (text) =>
    facts(killLine(text)) + facts(nominatedLine(text)) + (/ score \d+ or /.test(text) ? 1 : 0),
  rest: plain,
};

const summaryEnd = /,pid=\d+(?:,uid=\d+)?$/;
const summary: Shape = {
  mayBeCut: (text) => text.startsWith('oom-kill:'),
  said: (text) =>
    summaryEnd.test(text) ? Number.MAX_SAFE_INTEGER : text.replaceAll(' ', '').length,
  rest: /^\S+(?: \S+){0,16}$/,
};

const invoked: Shape = {
  mayBeCut: (text) =>
    text.includes(' invoked oom-kil') && / invoked oom-kil(?:l|le|ler)?(?:$|:)/.test(text),
  said: (text) => facts(invokedLine(text)) + (/oom_(?:score_)?adj=/.test(text) ? 1 : 0),
  rest: plain,
};

const faultStart = /\]: segfault at|^traps: .*\[\d+\] |\[\d+\] (?:trap|general protection|control)/;
const faultEnd = /error[: ] ?[0-9a-f]/;
const objectCut = / in(?: [^\s[\]]*(?:\[[0-9a-f,+]*)?)?$/;
const fault: Shape = {
  mayBeCut: (text) => faultStart.test(text) && (!faultEnd.test(text) || objectCut.test(text)),
  said: (text) => facts(faultLine(text)) + (text.endsWith(']') ? 1 : 0),
  rest: /./,
};

const memory: Shape = {
  mayBeCut: (text) => /^Mem(?:ory|ory failure)\b.*(?:SIGBUS to|illing)\b/.test(text),
  said: (text) => facts(memoryFailure(text)),
  rest: /./,
};

const audit: Shape = {
  mayBeCut: (text) => /^(?:audit: )?type=\d{4} audit\(\S+\):/.test(text),
  said: (text) => text.length,
  rest: /^\s*(?:[a-z][\w-]*=\S+\s*)+$/i,
};

const task: Shape = {
  mayBeCut: (text) => runningTask(text) !== null,
  said: (text) => facts(runningTask(text)),
  rest: /^[\w.+ #~()-]*#\d/,
};

export const shapes: readonly Shape[] = [
  ...[victim, summary, invoked, fault],
  ...[memory, audit, task],
];

/** A number whose last digits went to the next line, at the end of what is told. */
const lastNumber = /(?:oom_score_adj[:=]-?|,[pu]id=)\d*$/;

/** The text with its rest, put together at the edge or at a blank; null when `rest` adds nothing to it. */
export function extended(shape: Shape, text: string, rest: string): string | null {
  const more = rest.trim();
  const glued = text + rest.trimEnd();
  if (/^\d{1,9}$/.test(more)) return lastNumber.test(text) ? text + more : null;
  if (!shape.rest.test(more)) return null;
  const spaced = `${text.trimEnd()} ${more}`;
  // A mail in quoted-printable breaks a line with `=`.
  const unbroken = text.endsWith('=') ? text.slice(0, -1) + rest : null;
  const least = shape.said(text.trimEnd());
  const isApart = rest !== rest.trimStart();
  const candidates = isApart ? [spaced] : [glued, unbroken ?? spaced, spaced];
  const best = candidates.reduce((one, other) =>
    shape.said(other) > shape.said(one) ? other : one,
  );
  return shape.said(best) > least ? best : null;
}

/** How many of the facts are there. */
function facts(said: object | null): number {
  return said ? 1 + Object.values(said).filter((value) => value !== null).length : 0;
}
