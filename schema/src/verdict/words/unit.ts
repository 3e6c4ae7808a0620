import type { EventOf } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { printable } from './printable.ts';

/** ` (unit nginx.service)`; empty where it belongs to none. */
export const inUnit = ({ victim }: Facts): string =>
  victim.unit ? ` (unit ${printable(victim.unit)})` : '';

/** Which of its times a unit let pass, by what systemd says of it; without its word, that to stop. */
export function patienceInWords(said: readonly EventOf<'unit'>[]): string {
  const isSaid = (pattern: RegExp) => said.some(({ text }) => pattern.test(text ?? ''));
  if (said.some(({ state, result }) => state === 'watchdog' || result === 'watchdog'))
    return 'because its watchdog was not fed in time';
  if (isSaid(/reached runtime time limit/)) return 'because it ran longer than it may';
  if (isSaid(/start operation timed out|State 'start/)) return 'because it did not start in time';
  return 'because it did not stop in time';
}
