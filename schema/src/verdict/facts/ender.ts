import type { Process } from '../../process.ts';
import { cgroupWriter } from './cgroup-writer.ts';
import type { Facts } from './facts.ts';

/** The process that ended it: who sent the decisive signal, or wrote to the cgroup.kill of its cgroup. */
export function enderOf(facts: Facts): Process | null {
  return facts.decisive && (facts.sender ?? cgroupWriter(facts));
}
