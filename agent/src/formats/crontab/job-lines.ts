import type { RawEvent } from '../../source.ts';
import { type DetectedForm, detectForm, type Form } from './form.ts';
import { createJobReader, type JobContext } from './jobs.ts';

/** Lines by which the form is told; a crontab is shorter. */
const probedLines = 4096;

export interface LineOptions {
  readonly file: string;
  /** Told by path and content when absent. */
  readonly form?: Form;
  readonly timeZone?: string;
  readonly nextRun: JobContext['nextRun'];
  readonly warn: (line: number, why: string) => void;
}

/** The jobs of a crontab (system or user form) or anacrontab, in the order of its lines. */
export async function* jobsOfLines(
  lines: AsyncIterable<string>,
  options: LineOptions,
): AsyncGenerator<RawEvent> {
  const context: Omit<JobContext, 'detected'> = {
    file: options.file,
    nextRun: options.nextRun,
    timeZone: options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    warn: options.warn,
  };
  const detect = (held: readonly string[]): DetectedForm => {
    const detected = detectForm(options.file, held);
    return options.form ? { ...detected, form: options.form } : detected;
  };
  let held: string[] | null = [];
  let jobAt: ReturnType<typeof createJobReader> | null = null;
  let number = 0;
  const jobsIn = function* (taken: readonly string[], read: ReturnType<typeof createJobReader>) {
    for (const line of taken) {
      number += 1;
      const job = read(line, number);
      if (job) yield job;
    }
  };
  for await (const line of lines) {
    if (jobAt) {
      yield* jobsIn([line], jobAt);
    } else if (held) {
      held.push(line);
      if (held.length < probedLines) continue;
      jobAt = createJobReader({ ...context, detected: detect(held) });
      yield* jobsIn(held, jobAt);
      held = null;
    }
  }
  if (held) yield* jobsIn(held, createJobReader({ ...context, detected: detect(held) }));
}
