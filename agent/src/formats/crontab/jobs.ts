import type { Schedule } from '@coroner/schema/schedule/schedule';
import type { RawEvent } from '../../source.ts';
import { parseAnacronLine } from './anacron-line.ts';
import type { DetectedForm } from './form.ts';
import { type CrontabLine, parseLine, splitInput } from './line.ts';
import { isTimeZone } from './time-zone.ts';

export interface JobContext {
  readonly file: string;
  readonly detected: DetectedForm;
  /** The next run of a schedule; always null where the reader of the events works it out. */
  readonly nextRun: (schedule: Schedule, timeZone: string) => Date | null;
  /** Zone of cron itself. */
  readonly timeZone: string;
  /** Called with the number of a line that is meant as a job and is none, and why. */
  readonly warn: (line: number, why: string) => void;
}

/** Takes the lines of one crontab in order, gives the job of a line. CRON_TZ holds for all lines after it. */
export function createJobReader(
  context: JobContext,
): (line: string, number: number) => RawEvent | null {
  const { file, detected } = context;
  let cronTimeZone: string | null = null;
  const job = (
    number: number,
    facts: Pick<RawEvent & { kind: 'cron-job' }, 'user' | 'schedule' | 'command' | 'nextRun'>,
  ) => ({
    kind: 'cron-job' as const,
    source: 'crontab' as const,
    at: null,
    file,
    line: number,
    ...facts,
    timeZone: cronTimeZone,
  });

  const cronJob = (parsed: CrontabLine & { is: 'job' }, number: number): RawEvent | null => {
    const owned = withUser(parsed.rest, detected);
    if (!owned) {
      context.warn(number, 'a user without a command');
      return null;
    }
    // Options of the job in newer cronie and the BSDs: no mail, no log.
    const { command, stdin } = splitInput(owned.rest.replace(/^(?:-[nqs]\s+)+/, ''));
    const next = context.nextRun(parsed.schedule, cronTimeZone ?? context.timeZone);
    const event = job(number, {
      user: owned.user,
      schedule: parsed.schedule.written,
      command: command.trim(),
      nextRun: next?.toISOString() ?? null,
    });
    return stdin === null ? event : { ...event, stdin };
  };

  const anacronJob = (line: string, number: number): RawEvent | null => {
    const parsed = parseAnacronLine(line);
    if (!parsed) {
      context.warn(number, 'no period, delay, name and command');
      return null;
    }
    const { period, command, delayMinutes } = parsed;
    const event = job(number, { user: 'root', schedule: period, command, nextRun: null });
    return { ...event, job: parsed.job, delayMinutes };
  };

  return (line, number) => {
    const parsed = parseLine(line);
    if (parsed.is === 'nothing') return null;
    if (parsed.is === 'variable') {
      if (parsed.name === 'CRON_TZ') {
        cronTimeZone = isTimeZone(parsed.value) ? parsed.value : null;
        // An empty one takes the zone back.
        if (cronTimeZone === null && parsed.value !== '')
          context.warn(number, `${parsed.value}: unknown time zone`);
      }
      return null;
    }
    if (detected.form === 'anacron') return anacronJob(line, number);
    if (parsed.is === 'job') return cronJob(parsed, number);
    context.warn(number, parsed.why);
    return null;
  };
}

function withUser(
  rest: string,
  { form, owner }: DetectedForm,
): { user: string | null; rest: string } | null {
  if (form !== 'system') return { user: owner, rest };
  const match = /^(\S+)\s+(\S[\s\S]*)$/.exec(rest);
  return match ? { user: match[1] ?? '', rest: match[2] ?? '' } : null;
}
