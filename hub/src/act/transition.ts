import type { ActionKind, IncidentState, IncidentStatus } from '@coroner/schema/http/actions';

const statusAfter: Record<Exclude<ActionKind, 'note'>, IncidentStatus> = {
  acknowledge: 'acknowledged',
  snooze: 'snoozed',
  expect: 'expected',
  resolve: 'resolved',
  reopen: 'open',
};

/** From where each action leads on; a note leaves everything as it is. */
const allowedFrom: Record<Exclude<ActionKind, 'note'>, readonly IncidentStatus[]> = {
  acknowledge: ['open', 'snoozed'],
  snooze: ['open', 'acknowledged'],
  expect: ['open', 'acknowledged', 'snoozed'],
  resolve: ['open', 'acknowledged', 'snoozed', 'expected'],
  reopen: ['acknowledged', 'snoozed', 'expected', 'resolved'],
};

/** Where an action leads, or why it cannot be done now and what can. */
export function transition(
  state: IncidentState,
  kind: ActionKind,
): { status: IncidentStatus } | { refused: string } {
  if (kind === 'note') return { status: state.status };
  if (allowedFrom[kind].includes(state.status)) return { status: statusAfter[kind] };
  if (state.status === 'open') return { refused: 'it is open already: nothing is to be done' };
  const isThere = state.status === statusAfter[kind];
  const instead = isThere ? 'nothing is to be done' : 'reopen it first';
  return { refused: `it is ${state.status} already${since(state)}: ${instead}` };
}

function since({ action }: IncidentState): string {
  if (!action) return '';
  const until = action.until === null ? '' : ` until ${minute(action.until)}`;
  return `${until}, by ${action.by.name} at ${minute(action.at)}`;
}

const minute = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
