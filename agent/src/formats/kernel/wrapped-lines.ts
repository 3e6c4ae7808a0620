import type { KernelLine } from './line.ts';
import { killLine } from './oom/kill-line.ts';

/**
 * Joins a kill or fault line that a console cut at its right edge with the rest on the next line.
 * Only a line without any prefix of its own can be such a rest.
 */
export function wrappedLines() {
  let held: KernelLine | null = null;

  return {
    /** Lines that are whole now, in order. */
    push(line: KernelLine): KernelLine[] {
      const before = held;
      held = null;
      if (before && line.bare) {
        const joined = { ...before, text: before.text + line.text };
        if (completes(joined.text)) return [joined];
      }
      const lines = before ? [before] : [];
      if (isCut(line.text)) held = line;
      else lines.push(line);
      return lines;
    },
    flush(): KernelLine[] {
      const lines = held ? [held] : [];
      held = null;
      return lines;
    },
  };
}

function isCut(text: string): boolean {
  if (text.includes('Killed process ') && text.includes('(')) {
    const said = killLine(text.trimEnd());
    return said !== null && !said.complete && !/\)\.?\s*$/.test(text);
  }
  return faultStart.test(text) && !faultEnd.test(text);
}

const faultStart = /\]: segfault at|^traps: .*\[\d+\] |\[\d+\] trap /;
const faultEnd = /error[: ] ?[0-9a-f]/;

function completes(text: string): boolean {
  return killLine(text.trimEnd())?.complete ?? faultEnd.test(text);
}
