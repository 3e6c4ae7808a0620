import type { Facts } from '../facts/facts.ts';
import type { Patience } from '../facts/unit-events.ts';
import { printable } from './printable.ts';

/** ` (unit nginx.service)`; empty where it belongs to none. */
export const inUnit = ({ victim }: Facts): string =>
  victim.unit ? ` (unit ${printable(victim.unit)})` : '';

const words: Readonly<Record<Patience, string>> = {
  watchdog: 'because its watchdog was not fed in time',
  runtime: 'because it ran longer than it may',
  start: 'because it did not start in time',
  stop: 'because it did not stop in time',
};

export const patienceInWords = (patience: Patience): string => words[patience];
