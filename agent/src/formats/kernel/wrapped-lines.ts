import { memoryFailure } from './fault/memory-failure.ts';
import type { KernelLine } from './line.ts';
import { killLine } from './oom/kill-line.ts';

const mostLines = 4;

/** A line that a console cut at its right edge, or a mail wrapped at a blank. */
interface Shape {
  /** The line is of this shape and may lack its rest. */
  isCut(text: string): boolean;
  /** `whole` says more than `text` did. */
  isMore(text: string, whole: string, rest: string): boolean;
}

/** What the rest of a kill line consists of: `ss:128kB, file-rss:0kB`, `oom_score_adj:0`. */
const restOfKill = /^[\w:,. -]*(?:kB|UID:|oom_score_adj:)[\w:,. -]*$/;
const kill: Shape = {
  isCut: (text) => text.includes('Killed process ') && killLine(text.trimEnd()) !== null,
  isMore: (text, whole, rest) => restOfKill.test(rest) && printedFacts(whole) > printedFacts(text),
};

const faultStart = /\]: segfault at|^traps: .*\[\d+\] |\[\d+\] (?:trap|general protection)/;
const faultEnd = /error[: ] ?[0-9a-f]/;
const objectCut = / in$/;
const fault: Shape = {
  isCut: (text) =>
    faultStart.test(text) && (!faultEnd.test(text) || objectCut.test(text.trimEnd())),
  isMore: (_, whole) => faultEnd.test(whole) || / [er]?sp[: ]/.test(whole),
};

const memory: Shape = {
  isCut: (text) =>
    /^Mem(?:ory|ory failure)\b.*(?:SIGBUS to|illing)\b/.test(text) && !memoryFailure(text),
  isMore: (_, whole) => memoryFailure(whole) !== null,
};

const restOfAudit = /^\s*(?:[a-z][\w-]*=\S+\s*)+$/i;
const audit: Shape = {
  isCut: (text) => /^(?:audit: )?type=\d{4} audit\(\S+\):/.test(text),
  isMore: (_, __, rest) => restOfAudit.test(rest),
};

const shapes = [kill, fault, memory, audit];

/**
 * Joins a line whose rest stands on the next lines. Only a line without any prefix of its own can
 * be such a rest.
 */
export function wrappedLines() {
  let held: KernelLine | null = null;
  let shape: Shape | null = null;
  let joined = 0;

  return {
    /** Lines that are whole now, in order. */
    push(line: KernelLine): readonly KernelLine[] {
      const before = held;
      if (before && shape && line.bare && joined < mostLines) {
        const text = extended(shape, before.text, line.text);
        if (text !== null) {
          held = { ...before, text };
          joined += 1;
          return none;
        }
      }
      joined = 0;
      shape = shapes.find((one) => one.isCut(line.text)) ?? null;
      held = shape ? line : null;
      if (!shape) return before ? [before, line] : [line];
      return before ? [before] : none;
    },
    flush(): readonly KernelLine[] {
      const lines = held ? [held] : none;
      held = null;
      return lines;
    },
  };
}

const none: readonly KernelLine[] = [];

/** The text with its rest; null when `rest` adds nothing to it. */
function extended(shape: Shape, text: string, rest: string): string | null {
  const wrapped = `${text.trimEnd()} ${rest.trim()}`;
  const candidates =
    shape === kill ? [text + rest.trimEnd(), wrapped] : [wrapped, text + rest.trimEnd()];
  return candidates.find((whole) => shape.isMore(text, whole, rest)) ?? null;
}

function printedFacts(text: string): number {
  const said = killLine(text.trimEnd());
  return said ? Object.values(said).filter((value) => value !== null).length : 0;
}
