import type { Facts } from '../facts/facts.ts';
import { duration } from './duration.ts';
import { timeInWords } from './victim.ts';

/** `was killed with SIGKILL at 03:12:07 UTC`, or how a caught signal ended it. */
export function endedBySignal(facts: Facts): string {
  const { death, decisive } = facts;
  const name = decisive?.signal.signal ?? death.exit.signal ?? 'a signal';
  const when = timeInWords(death.at);
  if (decisive?.how === 'handled') return `was stopped with ${name}${when}${caught(facts)}`;
  if (decisive?.how === 're-raised')
    return `was stopped with ${name}${when} (it cleaned up and ended by the same signal after ${duration(decisive.delayMs)})`;
  return `was killed with ${name}${when}`;
}

/** ` (it caught the signal and exited with code 142 after 3 ms)`; empty where the signal killed. */
export function caught({ death, decisive }: Facts): string {
  if (decisive?.how !== 'handled') return '';
  const code = death.exit.code === null ? '' : ` with code ${death.exit.code}`;
  return ` (it caught the signal and exited${code} after ${duration(decisive.delayMs)})`;
}
