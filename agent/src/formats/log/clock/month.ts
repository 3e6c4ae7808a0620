import { icuMonth } from './icu-months.ts';
import { commonMonths, rareMonths } from './month-names.ts';

/** What stands beside the name of a month, and settles it where languages disagree. */
export interface MonthContext {
  readonly weekday?: string | undefined;
  readonly day?: number | undefined;
  readonly year?: number | undefined;
}

/** A language that has the name: which month it is there, and its weekdays, Sunday first. */
interface Meaning {
  readonly month: number;
  readonly isCommon: boolean;
  readonly weekdays: readonly string[];
}

/** What nearly every line has. */
const english: ReadonlyMap<string, number> = new Map(
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'
    .split(' ')
    .map((name, month) => [name, month + 1] as const),
);

const nothing: MonthContext = {};

let meanings: ReadonlyMap<string, readonly Meaning[]> | null = null;

/**
 * `Feb`, `févr.`, `апр`, `2月`, `Thg 2` → 1 … 12; null for what is no month, and where it is another
 * month in another language (`lip`, `lis`, `srp`) and nothing beside it says which.
 */
export function monthNumber(name: string, context: MonthContext = nothing): number | null {
  const known = english.get(name);
  if (known !== undefined) return known;
  const numbered = /^(?:th|thg|tháng)?[. ]?(\d{1,2})(?:月|월)?$/i.exec(name);
  if (numbered) return /\D/.test(name) ? inYear(Number(numbered[1])) : null;
  meanings ??= meaningsByName();
  const word = folded(name);
  const said = meanings.get(word);
  return said ? settled(said, context) : icuMonth(word);
}

function settled(said: readonly Meaning[], { weekday, day, year }: MonthContext): number | null {
  const today = weekday === undefined ? null : folded(weekday);
  const isThatDay = ({ month, weekdays }: Meaning): boolean =>
    today !== null &&
    day !== undefined &&
    year !== undefined &&
    new Date(Date.UTC(year, month - 1, day)).getUTCDay() === weekdays.indexOf(today);
  const spoken = only(said, ({ weekdays }) => today !== null && weekdays.includes(today));
  const fitting = only(spoken, isThatDay);
  return agreed(only(fitting, ({ isCommon }) => isCommon));
}

/** Those that pass; all where none does. */
function only(said: readonly Meaning[], passes: (one: Meaning) => boolean): readonly Meaning[] {
  const passed = said.filter(passes);
  return passed.length > 0 ? passed : said;
}

function agreed(said: readonly Meaning[]): number | null {
  const [first] = said;
  return first && said.every(({ month }) => month === first.month) ? first.month : null;
}

function meaningsByName(): ReadonlyMap<string, readonly Meaning[]> {
  const byName = new Map<string, Meaning[]>();
  for (const [rows, isCommon] of [[commonMonths, true] as const, [rareMonths, false] as const])
    for (const row of rows) {
      const [names = '', days = ''] = row.split(' | ');
      const weekdays = days.split(' ');
      names.split(' ').forEach((printed, index) => {
        const name = printed.replaceAll('_', ' ');
        const meaning = { month: index + 1, isCommon, weekdays };
        byName.set(name, [...(byName.get(name) ?? []), meaning]);
      });
    }
  return byName;
}

function inYear(month: number): number | null {
  return month >= 1 && month <= 12 ? month : null;
}

/** Without case, and without the dot or mark of direction at its end. */
function folded(word: string): string {
  return word
    .normalize('NFC')
    .toLowerCase()
    .replace(/[.,\u200e\u200f]+$/, '')
    .replace(/\s+/g, ' ');
}
