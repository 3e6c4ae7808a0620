import type { SearchResult } from '@coroner/schema/http/search';
import { type Html, html } from '../html/html.ts';
import { hostLink } from '../html/words.ts';
import { deathsTable, incidentsTable, sessionsTable } from './rows.ts';

/** The form, and what was found. */
export const searchPage = (asked: string, found: SearchResult | null): Html => html`<h1>Search</h1>
<form action="/search" class="search"><label>Process, host, user, address or id <input type="search" name="q" value="${asked}" maxlength="256" required></label> <button>Search</button></form>
${found && results(asked, found)}`;

function results(asked: string, { hosts, deaths, incidents, logins }: SearchResult): Html {
  const all = hosts.length + deaths.length + incidents.length + logins.length;
  return html`<p role="status">${all === 0 ? 'Nothing' : `${all} things`} found for “${asked}”.</p>
${hosts.length > 0 && html`<section><h2>Hosts</h2><ul>${hosts.map(({ host }) => html`<li>${hostLink(host)}</li>`)}</ul></section>`}
${deaths.length > 0 && html`<section><h2>Deaths</h2>${deathsTable('The newest deaths', deaths)}</section>`}
${incidents.length > 0 && html`<section><h2>Incidents</h2>${incidentsTable('The newest incidents', incidents)}</section>`}
${logins.length > 0 && html`<section><h2>Logins</h2>${sessionsTable('The newest logins', logins)}</section>`}`;
}
