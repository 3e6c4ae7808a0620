import type { IncidentAction } from '@coroner/schema/http/actions';
import type { IncidentDetail } from '@coroner/schema/http/incidents';
import { type Html, html } from '../html/html.ts';
import { table, time } from '../html/words.ts';

const done: Record<IncidentAction['kind'], string> = {
  acknowledge: 'acknowledged',
  snooze: 'snoozed',
  expect: 'marked as expected',
  note: 'noted',
  resolve: 'resolved',
  reopen: 'reopened',
};

/** Where an incident stands and what people did about it; nothing where nobody did anything. */
export function actionsSection({ state, actions = [] }: IncidentDetail): Html | null {
  if (!state || actions.length === 0) return null;
  const until = state.action?.until;
  return html`<section><h2>What was done about it</h2>
<p>It is <strong>${state.status}</strong>${until && html` until ${time(until)}`}.</p>
${table(
  'Actions, oldest first',
  ['Time', 'Who', 'What', 'Note'],
  actions.map(
    ({ at, by, kind, note, until: end }) =>
      html`<tr><td>${time(at)}</td><td>${by.name}</td><td>${done[kind]}${end && html` until ${time(end)}`}</td><td>${note}</td></tr>`,
  ),
)}</section>`;
}
