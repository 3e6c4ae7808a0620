/** `%b` of glibc where it differs from the abbreviation that ICU has, or wins over another language's. */
const glibc: ReadonlyMap<string, number> = new Map(
  [
    'jan ene gen led sty sij oca tammi',
    'feb fev lut uno sub helmi',
    'mar maa maalis bre ozu',
    'apr avr abr kwi dub nis huhti',
    'may mai maj mei mag kve svi touko',
    'jun giu cze cvn cer kes kesa',
    'jul lug lip cvc cec tem heina',
    'aug aou ago sie srp kol elo agu',
    'sep set wrz zar ruj syys eyl',
    'oct okt out paz rij eki loka',
    'nov lis stu marras kas',
    'dec dez dic gru pro ara joulu',
  ].flatMap((line, month) => line.split(' ').map((name) => [name, month + 1] as const)),
);

/** What nearly every line has. */
const english: ReadonlyMap<string, number> = new Map(
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'
    .split(' ')
    .map((name, month) => [name, month + 1] as const),
);

const icuLocales =
  'en de fr es it pt nl da sv nb fi is et lv lt pl cs sk sl hr hu ro bg ru uk be sr mk el tr az ka hy he ar fa ur hi bn ta te th vi id ms sq ca gl eu ga cy eo'.split(
    ' ',
  );

let icu: Map<string, number> | null = null;

/**
 * `Feb`, `févr.`, `апр`, `2月`, `2월` → 1 … 12; null for what is no month. Where languages disagree
 * (`lip`, `lis`, `srp`) Polish and Czech win over Croatian.
 */
export function monthNumber(word: string): number | null {
  const known = english.get(word);
  if (known !== undefined) return known;
  const numbered = /^(?:th|thg|tháng)?\.?(\d{1,2})(?:月|월)?$/i.exec(word);
  if (numbered) return /\D/.test(word) ? inYear(Number(numbered[1])) : null;
  const name = fold(word);
  return glibc.get(name) ?? icuMonth(name) ?? glibc.get(name.slice(0, 3)) ?? null;
}

function icuMonth(name: string): number | null {
  icu ??= icuMonths();
  return icu.get(name) ?? null;
}

/** Every short and long name that ICU knows, alone and within a date. */
function icuMonths(): Map<string, number> {
  const months = new Map<string, number>();
  for (const locale of icuLocales) {
    for (const options of monthOptions) {
      const format = new Intl.DateTimeFormat(`${locale}-u-ca-gregory`, options);
      for (let month = 0; month < 12; month += 1) {
        const parts = format.formatToParts(new Date(2021, month, 15));
        const name = fold(parts.find((part) => part.type === 'month')?.value ?? '');
        if (name.length > 1 && !months.has(name)) months.set(name, month + 1);
      }
    }
  }
  return months;
}

const monthOptions: readonly Intl.DateTimeFormatOptions[] = [
  { month: 'short' },
  { month: 'long' },
  { month: 'short', day: 'numeric' },
  { month: 'long', day: 'numeric' },
];

function inYear(month: number): number | null {
  return month >= 1 && month <= 12 ? month : null;
}

/** Without accents, dots and case. */
function fold(word: string): string {
  return word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('.', '');
}
