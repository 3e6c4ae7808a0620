import { parseSchedule, type Schedule } from '@coroner/schema/schedule/schedule';

/** What a line of a crontab is. */
export type CrontabLine =
  | { readonly is: 'nothing' }
  | { readonly is: 'variable'; readonly name: string; readonly value: string }
  | { readonly is: 'job'; readonly schedule: Schedule; readonly rest: string }
  | { readonly is: 'broken'; readonly why: string };

const variable = /^(?:"([^"]*)"|'([^']*)'|([A-Za-z_][\w.-]*))\s*=\s*(.*?)\s*$/;

/** Tells a line apart, crontab(5). A job's user and command are still in `rest`. */
export function parseLine(line: string): CrontabLine {
  const text = line.replace(/^[\s\ufeff]+/, '');
  if (text === '' || text.startsWith('#')) return { is: 'nothing' };
  const assigned = variable.exec(text);
  if (assigned) {
    const name = assigned[1] ?? assigned[2] ?? assigned[3] ?? '';
    return { is: 'variable', name, value: unquoted(assigned[4] ?? '') };
  }
  // fcron marks its own lines with these; to cron they are nothing.
  if (/^[&%!]/.test(text)) return { is: 'nothing' };
  // SUSE and cronie: a leading `-` keeps the job out of the log.
  const job = parseSchedule(text.replace(/^-(?=[\d*@])/, ''));
  if (!job) return { is: 'broken', why: 'no schedule that cron would take' };
  return job.rest.trim() === ''
    ? { is: 'broken', why: 'a schedule without a command' }
    : { is: 'job', schedule: job.schedule, rest: job.rest };
}

function unquoted(value: string): string {
  return /^(["'])(.*)\1$/s.exec(value)?.[2] ?? value;
}

/** Splits at the first `%` that no backslash escapes: before it the command, after it its input. */
export function splitInput(text: string): { command: string; stdin: string | null } {
  const match = /^((?:[^%\\]|\\[\s\S]|\\$)*)%([\s\S]*)$/.exec(text);
  const plain = (part: string): string => part.replace(/\\%/g, '%');
  if (!match) return { command: plain(text), stdin: null };
  const stdin = (match[2] ?? '').replace(/\\%|%/g, (mark) => (mark === '%' ? '\n' : '%'));
  return { command: plain(match[1] ?? ''), stdin };
}
