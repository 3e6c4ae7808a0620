/** One of the five time fields of a crontab line. */
export interface Field {
  /** Ascending. */
  readonly values: readonly number[];
  /** Written with a `*` first: then the two day fields must both match, else one of them. */
  readonly star: boolean;
  /** cronie's `~`: a value chosen when cron loads the table, which nobody else knows. */
  readonly random: boolean;
}

interface FieldRange {
  readonly low: number;
  readonly high: number;
  readonly names: readonly string[];
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const days = 'sun mon tue wed thu fri sat'.split(' ');

/** Minute, hour, day of month, month, day of week (0 and 7 are Sunday), crontab(5). */
const ranges: readonly FieldRange[] = [
  { low: 0, high: 59, names: [] },
  { low: 0, high: 23, names: [] },
  { low: 1, high: 31, names: [] },
  { low: 1, high: 12, names: months },
  { low: 0, high: 7, names: days },
];
const dayOfWeek = 4;

/** Parses field `index` (0 to 4) of a schedule; null when cron would not take it. */
export function parseField(text: string, index: number): Field | null {
  const range = ranges[index];
  if (!range || text === '') return null;
  const values = new Set<number>();
  let random = false;
  for (const item of text.split(',')) {
    if (/^\d*~\d*(?:\/\d+)?$/.test(item)) {
      random = true;
      continue;
    }
    const expanded = expand(item, range);
    if (expanded === null) return null;
    for (const value of expanded) values.add(index === dayOfWeek ? value % 7 : value);
  }
  return {
    values: [...values].sort((a, b) => a - b),
    star: text.startsWith('*'),
    random,
  };
}

/** `*`, `5`, `1-5`, `mon-fri`, each with an optional `/step`. */
function expand(item: string, range: FieldRange): number[] | null {
  const match = /^(?:\*|([0-9]+|[a-z]{3})(?:-([0-9]+|[a-z]{3}))?)(?:\/([0-9]{1,4}))?$/i.exec(item);
  if (!match) return null;
  const [, first, last, step] = match;
  const low = first === undefined ? range.low : numberOf(first, range);
  // A single number with a step stays that number, as in cron itself.
  const high = first === undefined ? range.high : last === undefined ? low : numberOf(last, range);
  if (low === null || high === null) return null;
  // `fri-sun` ends on the seventh day.
  const top = last !== undefined && high === 0 && range.high === 7 && low > 0 ? 7 : high;
  const by = step === undefined ? 1 : Number(step);
  if (low < range.low || top > range.high || low > top || by < 1) return null;
  const values: number[] = [];
  for (let value = low; value <= top; value += by) values.push(value);
  return values;
}

function numberOf(text: string, range: FieldRange): number | null {
  if (/^[0-9]{1,4}$/.test(text)) return Number(text);
  const index = range.names.indexOf(text.toLowerCase());
  if (index < 0) return null;
  return range.high === 7 ? index : index + 1;
}
