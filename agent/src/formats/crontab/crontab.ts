import type { RawEvent } from '../../source.ts';
import { textLines } from '../lines.ts';
import type { Reader } from '../reader.ts';
import { type DetectedForm, detectForm, type Form } from './form.ts';
import { createJobReader, type JobContext } from './jobs.ts';

/** Lines by which the form is told; a crontab is shorter. */
const probedLines = 4096;
const mostWarnings = 20;

export interface CrontabOptions {
  readonly file: string;
  /** Told by path and content when absent. */
  readonly form?: Form;
  readonly timeZone?: string;
  /** The next runs are after this moment. */
  readonly after: Date;
  readonly warn: (line: number, why: string) => void;
}

/** The jobs of a crontab (system or user form) or anacrontab, in the order of its lines. */
export async function* crontabJobs(
  lines: AsyncIterable<string>,
  options: CrontabOptions,
): AsyncGenerator<RawEvent> {
  const context: Omit<JobContext, 'detected'> = {
    file: options.file,
    after: options.after,
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
  const jobsOf = function* (some: readonly string[], read: ReturnType<typeof createJobReader>) {
    for (const line of some) {
      number += 1;
      const job = read(line, number);
      if (job) yield job;
    }
  };
  for await (const line of lines) {
    if (jobAt) {
      yield* jobsOf([line], jobAt);
    } else if (held) {
      held.push(line);
      if (held.length < probedLines) continue;
      jobAt = createJobReader({ ...context, detected: detect(held) });
      yield* jobsOf(held, jobAt);
      held = null;
    }
  }
  if (held) yield* jobsOf(held, createJobReader({ ...context, detected: detect(held) }));
}

/** The crontab reader of `coroner-agent read`: lines that are no job are named on standard error. */
export const readCrontab: Reader = (input, { file, timeZone, form }) => {
  let warnings = 0;
  return crontabJobs(textLines(input), {
    file,
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(form === undefined ? {} : { form }),
    after: new Date(),
    warn(line, why) {
      warnings += 1;
      if (warnings <= mostWarnings) process.stderr.write(`${file}:${line}: no job: ${why}\n`);
    },
  });
};
