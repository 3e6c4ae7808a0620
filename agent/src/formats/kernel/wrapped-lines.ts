import type { KernelLine } from './line.ts';
import { killLine } from './oom/kill-line.ts';

const mostLines = 4;
/** What the rest of a kill line consists of: `ss:128kB, file-rss:0kB`, `oom_score_adj:0`. */
const restOfKill = /^[\w:,. -]*(?:kB|UID:|oom_score_adj:)[\w:,. -]*$/;
const faultStart = /\]: segfault at|^traps: .*\[\d+\] |\[\d+\] (?:trap|general protection)/;
const faultEnd = /error[: ] ?[0-9a-f]/;

/**
 * Joins a kill or fault line that a console cut at its right edge, or a mail wrapped at a blank,
 * with the rest on the next lines. Only a line without any prefix of its own can be such a rest.
 */
export function wrappedLines() {
  let held: KernelLine | null = null;
  let joined = 0;

  return {
    /** Lines that are whole now, in order. */
    push(line: KernelLine): readonly KernelLine[] {
      const before = held;
      if (before && line.bare && joined < mostLines) {
        const text = extended(before.text, line.text);
        if (text !== null) {
          held = { ...before, text };
          joined += 1;
          return none;
        }
      }
      held = null;
      joined = 0;
      if (!mayGoOn(line.text)) return before ? [before, line] : [line];
      held = line;
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

function mayGoOn(text: string): boolean {
  if (text.includes('Killed process ')) return killLine(text.trimEnd()) !== null;
  return faultStart.test(text) && !faultEnd.test(text);
}

/** The text with its rest; null when `rest` adds nothing to it. */
function extended(text: string, rest: string): string | null {
  const candidates = [text + rest.trimEnd(), `${text.trimEnd()} ${rest.trim()}`];
  if (faultStart.test(text)) return candidates.find((whole) => faultEnd.test(whole)) ?? null;
  if (!restOfKill.test(rest)) return null;
  const said = printedFacts(text);
  return candidates.find((whole) => printedFacts(whole) > said) ?? null;
}

function printedFacts(text: string): number {
  const said = killLine(text.trimEnd());
  return said ? Object.values(said).filter((value) => value !== null).length : 0;
}
