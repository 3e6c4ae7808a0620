import { ActionKind } from '@coroner/schema/http/actions';

/** What somebody chose on a card. */
export interface Chosen {
  kind: ActionKind;
  incidentId: string;
  /** Of a snooze. */
  seconds: number | null;
}

/** Reads a click; null for one that is none of ours, or of a card of another version. */
export function chosenOf(actionId: string, value: string | undefined): Chosen | null {
  const [, name = ''] = actionId.split(':');
  if (!value) return null;
  const at = value.indexOf(':');
  const [choice, rest] = [value.slice(0, at), value.slice(at + 1)];
  if (name === 'snooze') {
    const seconds = Number(choice);
    const isSpan = Number.isInteger(seconds) && seconds > 0 && rest !== '';
    return isSpan ? { kind: 'snooze', incidentId: rest, seconds } : null;
  }
  const [kind, incidentId] = name === 'more' ? [choice, rest] : [name, value];
  const known = ActionKind.safeParse(kind);
  return known.success && incidentId ? { kind: known.data, incidentId, seconds: null } : null;
}
