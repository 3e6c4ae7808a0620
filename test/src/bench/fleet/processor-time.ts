import { readdirSync } from 'node:fs';
import { statOf } from '../../stack/process.ts';

/** USER_HZ: what /proc counts time in, 100 on every Linux that we know. */
const ticksPerSecond = 100;
/** Of /proc/PID/stat: the parent; its own time and that of the children it has waited for. */
const parentField = 4;
const timeFields = [14, 15, 16, 17];

/** What a process, its children and those that it has waited for have used so far, in seconds. */
export function processorSeconds(pid: number): number {
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (!stat || (Number(name) !== pid && Number(stat(parentField)) !== pid)) continue;
    for (const field of timeFields) ticks += Number(stat(field));
  }
  return ticks / ticksPerSecond;
}
