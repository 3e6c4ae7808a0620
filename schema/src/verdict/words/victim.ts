import type { DeathEvent } from '../../event/death.ts';
import { duration } from './duration.ts';
import { printable } from './printable.ts';

/** `nginx (pid 4121, up 9 d 4 h)`; a log may name a unit and no process, written as pid 0. */
export function victimInWords(death: DeathEvent): string {
  const up = typeof death.lifetimeMs === 'number' ? `, up ${duration(death.lifetimeMs)}` : '';
  const { comm, pid } = death.victim;
  return `${printable(comm)} (${pid === 0 ? 'pid not known' : `pid ${pid}`}${up})`;
}

/** `at 03:12:07 UTC`; empty when the time is not known. */
export function timeInWords(at: string | null): string {
  return at === null ? '' : ` at ${new Date(at).toISOString().slice(11, 19)} UTC`;
}
