/** The values that match, ascending; null = all. */
export type CalendarField = readonly number[] | null;

export interface CalendarFields {
  readonly month: CalendarField;
  readonly day: CalendarField;
  readonly hour: CalendarField;
  readonly minute: CalendarField;
  readonly second: CalendarField;
  /** 0 = Sunday. */
  readonly weekdays: readonly number[] | null;
  readonly timeZone: string | null;
}

/** systemd.time(7), CALENDAR EVENTS. */
const shorthands: Readonly<Record<string, string>> = {
  minutely: '*-*-* *:*:00',
  hourly: '*-*-* *:00:00',
  daily: '*-*-* 00:00:00',
  monthly: '*-*-01 00:00:00',
  weekly: 'Mon *-*-* 00:00:00',
  yearly: '*-01-01 00:00:00',
  annually: '*-01-01 00:00:00',
  quarterly: '*-01,04,07,10-01 00:00:00',
  semiannually: '*-01,07-01 00:00:00',
};

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const form =
  /^(?:([a-z][a-z,.-]*)\s+)?(?:(?:(\*|\d{4})-)?([\d*,./]+)-([\d*,./]+)(?:\s+|$))?(?:([\d*,./]+):([\d*,./]+)(?::([\d*,./]+))?)?(?:\s+(UTC|[A-Z]\w+(?:\/[\w+-]+)+))?$/i;

/** Null for what is not understood in full, a year or the `~` of the last days among it. */
export function calendarFields(written: string): CalendarFields | null {
  const text = written.trim();
  const [word = '', zone] = text.split(/\s+/);
  const shorthand = Object.hasOwn(shorthands, word.toLowerCase())
    ? shorthands[word.toLowerCase()]
    : null;
  const match = form.exec(shorthand ? [shorthand, zone ?? ''].join(' ').trim() : text);
  if (!match || (match[2] !== undefined && match[2] !== '*')) return null;
  const [, days, , months, dates, hours, minutes, seconds, timeZone] = match;
  if (!days && !months && !hours) return null;
  const fields = {
    month: expanded(months ?? '*', 1, 12),
    day: expanded(dates ?? '*', 1, 31),
    hour: expanded(hours ?? '0', 0, 23),
    minute: expanded(minutes ?? '0', 0, 59),
    second: expanded(seconds ?? '0', 0, 59),
    weekdays: days === undefined ? null : expandedDays(days),
  };
  const { month, day, hour, minute, second, weekdays } = fields;
  if ([month, day, hour, minute, second, weekdays].includes(undefined)) return null;
  return { ...(fields as Omit<CalendarFields, 'timeZone'>), timeZone: timeZone ?? null };
}

/** `*`, `1,5`, `1..5`, each with a step; undefined for anything else. */
function expanded(text: string, low: number, high: number): number[] | null | undefined {
  if (text === '*') return null;
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(?:\*|(\d{1,2})(?:\.\.(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (!match) return undefined;
    const [, first, last, step] = match;
    const start = first === undefined ? low : Number(first);
    const end = last === undefined ? (step === undefined && first ? start : high) : Number(last);
    const by = step === undefined ? 1 : Number(step);
    if (start < low || end > high || by < 1) return undefined;
    for (let value = start; value <= end; value += by) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

/** `Mon..Fri`, `Sat,Sun`, in long or short; a range may pass the end of the week. */
function expandedDays(text: string): number[] | undefined {
  const days = new Set<number>();
  for (const part of text.toLowerCase().split(',').filter(Boolean)) {
    const [first = '', last = first] = part.split(/\.\.|-/);
    const start = dayNames.indexOf(first.slice(0, 3));
    const end = dayNames.indexOf(last.slice(0, 3));
    if (start < 0 || end < 0) return undefined;
    for (let day = start; ; day = (day + 1) % dayNames.length) {
      days.add(day);
      if (day === end) break;
    }
  }
  return days.size > 0 ? [...days].sort((a, b) => a - b) : undefined;
}
