import type { Source } from '@coroner/schema/event/base';
import type { RawEvent } from '../../../source.ts';
import { type KernelLine, when } from '../line.ts';
import { runningTask } from '../running-task.ts';
import { isOops, oopsCause, panicMessage } from './panic.ts';

export interface PanicReader {
  /** Adds the events that are complete now to `out`; false when the line is about something else. */
  push(line: KernelLine, text: string, out: RawEvent[]): boolean;
  flush(): RawEvent[];
}

type Panic = Extract<RawEvent, { kind: 'kernel-panic' }>;

/** The line that names the task follows within the dump, after the modules and the registers. */
const linesUntilTask = 24;
/** `BUG: …` and the line with the die counter stand close together. */
const linesUntilOops = 6;

/** Joins a panic or an oops with the line that names the task that ran. */
export function panicReader(source: Source): PanicReader {
  let held: Panic | null = null;
  let heldLines = 0;
  let cause: string | null = null;
  let causeLines = 0;

  const release = (): RawEvent[] => {
    const events = held ? [held] : [];
    held = null;
    return events;
  };

  return {
    push(line, text, out) {
      heldLines += 1;
      causeLines += 1;
      if (held && heldLines > linesUntilTask) out.push(...release());
      const message = panicMessage(text) ?? (isOops(text) ? oopsMessage(text) : null);
      if (message !== null) {
        out.push(...release());
        held = { kind: 'kernel-panic', source, ...when(line), message, pid: null, comm: null };
        heldLines = 0;
        return true;
      }
      const said = oopsCause(text);
      if (said !== null) {
        cause = said;
        causeLines = 0;
        return true;
      }
      const task = held && runningTask(text);
      if (!task || !held) return false;
      held = { ...held, pid: task.pid, comm: task.comm, kernel: task.kernel };
      out.push(...release());
      return true;
    },
    flush: release,
  };

  function oopsMessage(text: string): string {
    const message = cause !== null && causeLines <= linesUntilOops ? cause : text;
    cause = null;
    return message;
  }
}
