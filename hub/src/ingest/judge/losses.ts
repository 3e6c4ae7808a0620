import type { EventOf } from '@coroner/schema/event/event';

type Gap = EventOf<'gap'>;

/** Gap events in words: those of one source for one reason are one, with its whole span and total. */
export function lossesInWords(host: string, gaps: readonly Gap[]): string[] {
  const alike = new Map<string, Gap[]>();
  for (const gap of gaps) {
    const key = JSON.stringify([gap.of, gap.reason]);
    const known = alike.get(key);
    if (known) known.push(gap);
    else alike.set(key, [gap]);
  }
  return [...alike.values()].map((same) => inWords(host, same)).sort();
}

function inWords(host: string, gaps: readonly Gap[]): string {
  const [first] = gaps;
  const times = gaps.length > 1 ? ` (${gaps.length} times)` : '';
  const since = earliest(gaps.map((gap) => gap.since));
  const until = latest(gaps.map((gap) => gap.until));
  const span = `from ${since ?? 'an unknown time'} to ${until ?? 'an unknown time'}`;
  return `${first?.of} on ${host}: ${total(gaps)}${first?.reason}${times}, ${span}`;
}

function total(gaps: readonly Gap[]): string {
  const counted = gaps.flatMap(({ lost }) => (lost === null ? [] : [lost]));
  if (counted.length === 0) return '';
  const least = counted.length < gaps.length ? 'at least ' : '';
  return `${least}${counted.reduce((sum, lost) => sum + lost, 0)} records lost, `;
}

/** Null when one of them is not known: the span is open there. */
function earliest(times: readonly (string | null)[]): string | null {
  return times.includes(null) ? null : (times.toSorted(byTime)[0] ?? null);
}

function latest(times: readonly (string | null)[]): string | null {
  return times.includes(null) ? null : (times.toSorted(byTime).at(-1) ?? null);
}

const byTime = (a: string | null, b: string | null): number =>
  Date.parse(a ?? '') - Date.parse(b ?? '');
