import { type Field, parseField } from './field.ts';

/** When a job runs: its five fields, or null for a nickname without a time (`@reboot`). */
export interface Schedule {
  /** As written, with single spaces. */
  readonly written: string;
  readonly fields: readonly [Field, Field, Field, Field, Field] | null;
}

/** crontab(5), and `@every_minute` of the BSDs. */
const nicknames: Readonly<Record<string, string | null>> = {
  '@reboot': null,
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
  '@every_minute': '* * * * *',
};

/** The schedule at the start of a line and the rest after it; null when cron would reject it. */
export function parseSchedule(line: string): { schedule: Schedule; rest: string } | null {
  if (line.startsWith('@')) {
    const match = /^(@\w+)[ \t]+/.exec(line);
    const nickname = match?.[1] ?? '';
    if (!match || !Object.hasOwn(nicknames, nickname)) return null;
    const times = nicknames[nickname];
    return {
      schedule: { written: match[1] ?? '', fields: times ? fieldsOf(times.split(' ')) : null },
      rest: line.slice(match[0].length),
    };
  }
  const match = /^([^ \t]+)[ \t]+([^ \t]+)[ \t]+([^ \t]+)[ \t]+([^ \t]+)[ \t]+([^ \t]+)[ \t]+/.exec(
    line,
  );
  if (!match) return null;
  const written = match.slice(1, 6);
  const fields = fieldsOf(written);
  if (!fields) return null;
  return { schedule: { written: written.join(' '), fields }, rest: line.slice(match[0].length) };
}

function fieldsOf(written: readonly string[]): Schedule['fields'] {
  const fields = written.map(parseField);
  return fields.every((field) => field !== null) && fields.length === 5
    ? (fields as unknown as Schedule['fields'])
    : null;
}
