import { nextRun } from '@coroner/schema/schedule/next-run';
import type { RawEvent } from '../../source.ts';
import { textLines } from '../lines.ts';
import type { Reader } from '../reader.ts';
import { jobsOfLines, type LineOptions } from './job-lines.ts';

const mostWarnings = 20;

export interface CrontabOptions extends Omit<LineOptions, 'nextRun'> {
  /** The next runs are after this moment. */
  readonly after: Date;
}

/** The jobs of a crontab with their next runs. */
export function crontabJobs(
  lines: AsyncIterable<string>,
  { after, ...options }: CrontabOptions,
): AsyncGenerator<RawEvent> {
  return jobsOfLines(lines, {
    ...options,
    nextRun: (schedule, timeZone) => nextRun(schedule, timeZone, after),
  });
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
