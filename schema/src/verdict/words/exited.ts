import type { DeathEvent } from '../../event/death.ts';
import { duration } from './duration.ts';
import { timeInWords } from './victim.ts';

/** `exited by itself at 03:12:07 UTC after 9 d 4 h with code 3`; not `by itself` where that may not be all. */
export function exitedInWords(death: DeathEvent): string {
  const by = isWhole(death) ? ' by itself' : '';
  return `exited${by}${timeInWords(death.at)}${afterInWords(death)} with code ${death.exit.code}`;
}

export const afterInWords = ({ lifetimeMs }: DeathEvent): string =>
  typeof lifetimeMs === 'number' ? ` after ${duration(lifetimeMs)}` : '';

/** A signal that it was asked to stop with may be among those that were lost. */
export const isWhole = ({ signalsLost }: DeathEvent): boolean => signalsLost === 0;
