import type { KernelLine } from '../line.ts';
import { extended, type Shape, shapes } from './shapes.ts';

const mostLines = 6;

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
      const text = line.text.trimEnd();
      shape = shapes.find((one) => one.mayBeCut(text)) ?? null;
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
