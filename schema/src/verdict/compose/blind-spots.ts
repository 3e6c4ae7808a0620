import type { Cause } from '../../cause.ts';
import type { Facts } from '../facts/facts.ts';
import { isSenderLost } from '../facts/sender.ts';

const tracefsGap =
  'recorded without the kernel probe (tracefs): a signal of the kernel may look like one of a process, and exit codes and command lines of short lives may be missing';

/** What the record of the death itself lacks, as far as the verdict suffers from it, in words. */
export function blindSpots({ death, decisive }: Facts, cause: Cause): string[] {
  const gaps: string[] = [];
  if (death.signalsLost > 0)
    gaps.push(
      `${death.signalsLost} signal ${death.signalsLost === 1 ? 'record' : 'records'} of this process got lost on the way`,
    );
  if (death.exit.signal !== null && !decisive && cause === 'unknown')
    gaps.push(`the origin of the ${death.exit.signal} was not recorded`);
  if (death.source === 'tracefs') gaps.push(tracefsGap);
  if (decisive && isSenderLost(decisive.signal))
    gaps.push(
      `the sender of the ${decisive.signal.signal} was a process, but which was not recorded`,
    );
  return gaps;
}
