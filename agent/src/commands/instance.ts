import { resolve } from 'node:path';
import { stableId } from '@coroner/schema/identity';

const instanceDigits = 12;

/** Agents with a state of their own record apart from each other. */
export function instanceOf(stateDir: string): string {
  return stableId('instance', resolve(stateDir)).slice(0, instanceDigits);
}
