import { IncidentStatus } from '@coroner/schema/http/actions';
import type { ComparedPage } from '@coroner/schema/http/compare';
import type { FleetNow } from '../../answer/fleet/fleet-now.ts';
import { deathsOverTime } from '../charts/bars.ts';
import { type Html, html } from '../html/html.ts';
import { causeName, hostLink, table, time } from '../html/words.ts';
import { type ComparedDay, comparedSection } from './compared.ts';
import { incidentsTable } from './rows.ts';

/** The fleet now: what changed against yesterday, who is silent, the newest incidents (of one state). */
export function fleetPage(
  { day, before, incidents, hosts, silent, away }: FleetNow,
  { page, day: against }: { page: ComparedPage; day: ComparedDay },
  state?: IncidentStatus,
): Html {
  const whole = page.items.find(({ by }) => by === 'all');
  const isKnown = against === 'day-before' && whole !== undefined && whole.state !== 'not-known';
  return html`<h1>The fleet</h1>
<ul class="figures">
<li><b>${day.total}</b> deaths in the last day${isKnown && trend(day.total, before)}</li>
<li><b>${hosts}</b> ${hosts === 1 ? 'host' : 'hosts'}</li>
<li><b>${silent}</b> not heard for a minute</li>
</ul>
<section><h2>The last day</h2>${deathsOverTime(day)}</section>
<section><h2>Newest incidents</h2>${states(state)}${incidentsTable('Incidents', incidents)}</section>
${comparedSection(page, against)}
<section><h2>Silent hosts</h2>${table(
    away.length < silent ? `The first ${away.length} of ${silent}` : 'Silent hosts',
    ['Host', 'State', 'Last heard', 'What is known'],
    away.map(
      ({ host, state, lastSeenAt }) =>
        html`<tr><td>${hostLink(host)}</td><td>${state?.state}</td><td>${lastSeenAt ? time(lastSeenAt) : 'never'}</td><td>${state?.text}</td></tr>`,
    ),
  )}</section>
<div class="columns">
<section><h2>Causes</h2>${counted(
    'Causes',
    day.causes.map(({ cause, count }) => [causeName(cause), count]),
  )}</section>
<section><h2>Programs</h2>${counted(
    'Programs',
    day.victims.map(({ name, count }) => [
      html`<a href="/search?q=${encodeURIComponent(name)}">${name}</a>`,
      count,
    ]),
  )}</section>
<section><h2>Hosts</h2>${counted(
    'Hosts',
    day.hosts.map(({ name, count }) => [hostLink(name), count]),
  )}</section>
<section><h2>Who did it</h2>${counted(
    'Who did it',
    day.users.map(({ name, count }) => [html`${name}`, count]),
  )}</section>
</div>`;
}

/** Links to the incidents of each state, and to all. */
const states = (chosen: IncidentStatus | undefined): Html =>
  html`<p>${[undefined, ...IncidentStatus.options].map((state, index) => {
    const path = state === undefined ? '/' : `/?state=${state}`;
    const name = state ?? 'all';
    return html`${index > 0 && ' · '}${state === chosen ? html`<strong>${name}</strong>` : html`<a href="${path}">${name}</a>`}`;
  })}</p>`;

const trend = (now: number, before: number): string =>
  now === before
    ? ', as the day before'
    : `, ${Math.abs(now - before)} ${now > before ? 'more' : 'fewer'} than the day before`;

const counted = (caption: string, rows: readonly (readonly [Html, number])[]): Html =>
  table(
    caption,
    ['Name', 'Deaths'],
    rows.map(([name, count]) => html`<tr><td>${name}</td><td class="number">${count}</td></tr>`),
  );
