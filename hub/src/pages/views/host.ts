import type { HostRow } from '@coroner/schema/http/pages';
import type { TimelineItem } from '@coroner/schema/http/timeline';
import { lanesOfHosts } from '../charts/lanes.ts';
import { type Html, html } from '../html/html.ts';
import { facts, hostPath, time } from '../html/words.ts';
import { timelineTable } from './rows.ts';

const dayMs = 86_400_000;

export interface HostDay {
  host: string;
  /** Null where it never sent a heartbeat. */
  row: HostRow | null;
  /** `2026-11-23`, in UTC. */
  day: string;
  items: readonly TimelineItem[];
  /** More happened than is shown. */
  more: boolean;
}

/** A host and one day of it. */
export function hostPage({ host, row, day, items, more }: HostDay): Html {
  const dayLink = (days: number, text: string) => {
    const other = new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
    return html`<a href="${hostPath(host)}?day=${other}">${text} ${other}</a>`;
  };
  return html`<h1>${host}</h1>
${row ? stateOf(row) : html`<p>No agent of this host was ever heard.</p>`}
<section><h2>${day}, UTC</h2>
<p class="days">${dayLink(-1, '←')} ${dayLink(1, '→')}</p>
${lanesOfHosts(items)}
${timelineTable(more ? `The first ${items.length} events of the day` : 'All events of the day', items)}
</section>`;
}

function stateOf({ state, lastSeenAt, kernel, os, agent, sources }: HostRow): Html {
  const blind = sources.filter(({ state: is }) => is === 'missing' || is === 'degraded');
  return html`<p class="verdict">${state?.text}</p>${facts([
    ['Last heard', lastSeenAt && time(lastSeenAt)],
    ['Last boot', state?.lastBoot && html`${time(state.lastBoot.at)}, ${state.lastBoot.text}`],
    ['System', os],
    ['Kernel', kernel],
    ['Agent', agent],
    ['Blind spots', blind.map(({ source, state: is }) => `${source} (${is})`).join(', ')],
  ])}`;
}
