import type { ActionKind, IncidentStatus } from '@coroner/schema/http/actions';
import type { Alert } from '@coroner/schema/wire/alert';
import type { Button, Menu, Option } from '../render/blocks.ts';
import { deathButton } from '../render/choices.ts';

/** Action ids of what is clicked on a card: a kind, or a menu. */
export const actAction = /^act:/;

export const spans = [
  { label: '30 minutes', seconds: 1800 },
  { label: '1 hour', seconds: 3600 },
  { label: '4 hours', seconds: 14_400 },
  { label: '1 day', seconds: 86_400 },
  { label: '1 week', seconds: 604_800 },
] as const;

type Chosen = Exclude<ActionKind, 'snooze'>;

/** What stands on the card in each state: buttons first, the rest in a menu of its own. */
const offered: Record<
  IncidentStatus,
  { buttons: readonly Chosen[]; snooze: boolean; more: readonly Chosen[] }
> = {
  open: { buttons: ['acknowledge'], snooze: true, more: ['resolve', 'expect', 'note'] },
  acknowledged: { buttons: ['resolve'], snooze: true, more: ['reopen', 'expect', 'note'] },
  snoozed: {
    buttons: ['reopen', 'acknowledge'],
    snooze: false,
    more: ['resolve', 'expect', 'note'],
  },
  expected: { buttons: ['reopen'], snooze: false, more: ['resolve', 'note'] },
  resolved: { buttons: ['reopen', 'note'], snooze: false, more: [] },
};

const labels: Record<Chosen, string> = {
  acknowledge: 'Acknowledge',
  resolve: 'Resolve',
  reopen: 'Reopen',
  expect: 'Mark as expected…',
  note: 'Add a note…',
};

/** The label says what the button does in this state. */
const labelOf = (kind: Chosen, status: IncidentStatus): string => {
  if (kind !== 'reopen') return labels[kind];
  if (status === 'acknowledged') return 'Take the acknowledgement back';
  return status === 'snoozed' ? 'Wake up' : labels.reopen;
};

/** At most four elements; their values hold ids and choices, never data. */
export function cardElements(alert: Alert): (Button | Menu)[] {
  const { incidentId, answer, withdrawn } = alert;
  const why = deathButton('Why? Show the evidence', answer.death.id);
  const status = alert.state?.status;
  if (!status || withdrawn) return [why];
  const { buttons, snooze, more } = offered[status];
  return [
    why,
    ...buttons.map((kind): Button => {
      const label = labelOf(kind, status);
      return { type: 'button', action_id: `act:${kind}`, text: text(label), value: incidentId };
    }),
    ...(snooze ? [snoozeMenu(incidentId)] : []),
    ...(more.length > 0 ? [moreMenu(more, status, incidentId)] : []),
  ];
}

const snoozeMenu = (incidentId: string): Menu => ({
  type: 'static_select',
  action_id: 'act:snooze',
  placeholder: text('Snooze …'),
  options: spans.map(({ label, seconds }) => option(`for ${label}`, `${seconds}:${incidentId}`)),
});

const moreMenu = (kinds: readonly Chosen[], status: IncidentStatus, incidentId: string): Menu => ({
  type: 'overflow',
  action_id: 'act:more',
  options: kinds.map((kind) => option(labelOf(kind, status), `${kind}:${incidentId}`)),
});

/** Only for texts of our own: they need no escape. */
export const text = (words: string) => ({ type: 'plain_text', text: words, emoji: false }) as const;

export const option = (label: string, value: string): Option => ({ text: text(label), value });
