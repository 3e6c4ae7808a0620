const locales =
  'en de fr es it pt nl da sv nb fi is et lv lt pl cs sk sl hr hu ro bg ru uk be sr mk el tr az ka hy he ar fa ur hi bn ta te th vi id ms sq ca gl eu ga cy eo'.split(
    ' ',
  );

const options: readonly Intl.DateTimeFormatOptions[] = [
  { month: 'short' },
  { month: 'long' },
  { month: 'short', day: 'numeric' },
  { month: 'long', day: 'numeric' },
];

/** Null: another month in another language (`listopad`). */
let months: ReadonlyMap<string, number | null> | null = null;

/** Short and long names that ICU knows, alone and within a date: what macOS, Java and people write. */
export function icuMonth(name: string): number | null {
  months ??= icuMonths();
  return months.get(withoutAccents(name)) ?? null;
}

function icuMonths(): ReadonlyMap<string, number | null> {
  const found = new Map<string, number | null>();
  for (const locale of locales) {
    for (const option of options) {
      const format = new Intl.DateTimeFormat(`${locale}-u-ca-gregory`, option);
      for (let month = 1; month <= 12; month += 1) {
        const parts = format.formatToParts(new Date(2021, month - 1, 15));
        const name = withoutAccents(parts.find(({ type }) => type === 'month')?.value ?? '');
        const known = found.get(name);
        if (name.length > 1) found.set(name, known === undefined || known === month ? month : null);
      }
    }
  }
  return found;
}

/** Only the accents of Latin, Greek and Cyrillic: other scripts write vowels as marks. */
function withoutAccents(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('.', '');
}
