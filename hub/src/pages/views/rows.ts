import type { IncidentState } from '@coroner/schema/http/actions';
import type { IncidentRow } from '@coroner/schema/http/incidents';
import type { Session } from '@coroner/schema/http/logins';
import type { DeathRow } from '@coroner/schema/http/pages';
import type { TimelineItem } from '@coroner/schema/http/timeline';
import { type Html, html } from '../html/html.ts';
import {
  causeName,
  deathPath,
  hostLink,
  incidentPath,
  sureness,
  table,
  time,
} from '../html/words.ts';

export const deathsTable = (caption: string, deaths: readonly DeathRow[]): Html =>
  table(
    caption,
    ['Died', 'Host', 'Process', 'How sure', 'Why'],
    deaths.map(
      (death) =>
        html`<tr><td>${time(death.happenedAt ?? death.diedAt)}</td><td>${hostLink(death.host)}</td><td><a href="${deathPath(death.id)}">${death.comm}${death.pid !== 0 && ` (${death.pid})`}</a></td><td>${sureness(death.confidence)}</td><td>${death.expected && html`<span class="expected">expected: ${death.expected.reason}</span> `}${death.summary}</td></tr>`,
    ),
  );

export const incidentsTable = (caption: string, incidents: readonly IncidentRow[]): Html =>
  table(
    caption,
    ['Last', 'What', 'State', 'Cause', 'Deaths', 'Hosts'],
    incidents.map(
      ({ id, title, state, cause, deaths, hosts, lastAt }) =>
        html`<tr><td>${time(lastAt)}</td><td><a href="${incidentPath(id)}">${title}</a></td><td>${state && standing(state)}</td><td>${causeName(cause)}</td><td class="number">${deaths}</td><td>${hosts.slice(0, 3).join(', ')}${hosts.length > 3 && ` and ${hosts.length - 3} more`}</td></tr>`,
    ),
  );

/** Who did it is told of what somebody sees to. */
const standing = ({ status, action }: IncidentState): string =>
  status === 'acknowledged' && action ? `${status} by ${action.by.name}` : status;

export const timelineTable = (caption: string, items: readonly TimelineItem[]): Html =>
  table(
    caption,
    ['Time', 'Host', 'Kind', 'What'],
    items.map(
      ({ id, at, happenedAt, host, kind, text, verdict }) =>
        html`<tr class="${verdict ? 'death' : kind}"><td>${time(happenedAt ?? at)}</td><td>${hostLink(host)}</td><td>${verdict ? causeName(verdict.cause) : kind}</td><td>${verdict ? html`<a href="${deathPath(id)}">${text}</a>` : text}</td></tr>`,
    ),
  );

export const sessionsTable = (caption: string, sessions: readonly Session[]): Html =>
  table(
    caption,
    ['Since', 'Until', 'Host', 'User', 'Terminal', 'From'],
    sessions.map(
      ({ start, end, host, user, tty, from }) =>
        html`<tr><td>${time(start)}</td><td>${end === null ? 'still open' : time(end)}</td><td>${hostLink(host)}</td><td>${user}</td><td>${tty}</td><td>${from}</td></tr>`,
    ),
  );
