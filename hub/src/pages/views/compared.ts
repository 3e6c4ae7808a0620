import { claimsOfWatching, knownCounts, wasWatched } from '@coroner/schema/compared';
import type { ComparedBy, ComparedPage, ComparedRow } from '@coroner/schema/http/compare';
import { type Html, html } from '../html/html.ts';
import { hostLink, table, time } from '../html/words.ts';

/** With what the last day is compared on the fleet page: the day before, or the same day a week earlier. */
export type ComparedDay = 'day-before' | 'week-before';

const days: readonly [ComparedDay, string][] = [
  ['day-before', 'the day before'],
  ['week-before', 'the same day a week earlier'],
];
const kinds: Record<ComparedBy, string> = {
  all: 'all deaths',
  cause: 'cause',
  host: 'host',
  program: 'program',
  actor: 'who did it',
};

/** What is different: what changed most first, and how far what is not said was not watched. */
export function comparedSection(
  { period, before, items }: ComparedPage,
  chosen: ComparedDay,
): Html {
  const rows = items.filter(({ by, state }) => by !== 'all' && state !== 'same');
  return html`<section><h2>What is different</h2>
<p>Against ${days.map(([day, name], index) => {
    const link = html`<a href="/?with=${day}">${name}</a>`;
    return html`${index > 0 && ' · '}${day === chosen ? html`<strong>${name}</strong>` : link}`;
  })}</p>
${unwatched(before, claimsOfWatching.before)}${unwatched(period, claimsOfWatching.period)}${table(
  'What changed most',
  ['Kind', 'Name', 'Before', 'Now', 'What'],
  rows.map(
    (row) =>
      html`<tr><td>${kinds[row.by]}</td><td>${nameOf(row)}</td><td class="number">${knownCounts(row).before}</td><td class="number">${knownCounts(row).now}</td><td>${row.state.replace('-', ' ')}</td></tr>`,
  ),
)}</section>`;
}

function nameOf({ by, name }: ComparedRow): Html {
  if (by === 'host') return hostLink(name);
  if (by === 'program') return html`<a href="/search?q=${encodeURIComponent(name)}">${name}</a>`;
  return by === 'cause' ? html`<span class="cause">${name}</span>` : html`${name}`;
}

/** Nothing where all of the period was watched. */
function unwatched({ since, until, watched }: ComparedPage['period'], claims: string): Html | null {
  if (!watched || wasWatched(watched)) return null;
  const { share, throughout, hosts } = watched;
  const span = html`From ${time(since)} to ${time(until)}`;
  if (share === 0)
    return html`<p class="none">${span} nobody watched: ${claims}, is not known.</p>`;
  return html`<p class="none">${span} ${throughout} of ${hosts} hosts were watched throughout: ${claims}, is said of those alone.</p>`;
}
