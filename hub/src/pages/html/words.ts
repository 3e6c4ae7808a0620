import type { Cause } from '@coroner/schema/cause';
import type { Confidence } from '@coroner/schema/confidence';
import { type Html, html } from './html.ts';

/** `2026-11-23 03:12:07 UTC`; the script shows it in the reader's zone. */
export function time(at: string): Html {
  const text = `${at.slice(0, 10)} ${at.slice(11, 19)}`;
  return html`<time datetime="${at}">${text} UTC</time>`;
}

export const deathPath = (id: string): string => `/deaths/${encodeURIComponent(id)}`;
export const incidentPath = (id: string): string => `/incidents/${encodeURIComponent(id)}`;
export const hostPath = (host: string): string => `/hosts/${encodeURIComponent(host)}`;
export const hostLink = (host: string): Html =>
  html`<a class="host" href="${hostPath(host)}">${host}</a>`;

/** Colour is never the only sign: the word stands in it. */
export const sureness = (confidence: Confidence): Html =>
  html`<span class="sure ${confidence}">${confidence}</span>`;

export const causeName = (cause: Cause): Html => html`<span class="cause">${cause}</span>`;

export const command = (cmdline: readonly string[]): Html =>
  html`<code>${cmdline.map(quoted).join(' ')}</code>`;

/** As a shell would take it, so that it is seen where an argument ends. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** Rows of a definition list; what is not known is left out. */
export function facts(
  rows: readonly (readonly [string, Html | string | null | undefined])[],
): Html {
  const known = rows.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return html`<dl>${known.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

/** A table that scrolls by itself where it is wide, reachable by keyboard. */
export const table = (caption: string, heads: readonly string[], rows: readonly Html[]): Html =>
  rows.length === 0
    ? html`<p class="none">${caption}: none.</p>`
    : html`<div class="wide" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
