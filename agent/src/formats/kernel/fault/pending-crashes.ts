import type { RawEvent } from '../../../source.ts';
import { type Mapping, mappedFile } from './fault.ts';

type Crash = Extract<RawEvent, { kind: 'crash' }>;

/** Faults of several CPUs that wait for ` in object[…]` at once. */
const mostWaiting = 8;

/**
 * Fault lines whose mapped file stands on a line of its own, as two CPUs that fault at once print
 * them: each gets the file that its instruction pointer lies in.
 */
export function pendingCrashes() {
  let waiting: Crash[] = [];

  const release = (): Crash[] => {
    const events = waiting;
    waiting = [];
    return events;
  };

  return {
    /** Holds a fault; gives those that need not wait any longer. */
    hold(crash: Crash): Crash[] {
      const given = crash.object !== null || waiting.length >= mostWaiting ? release() : [];
      if (crash.object !== null) return [...given, crash];
      waiting.push(crash);
      return given;
    },
    /** Takes a line that names a mapped file; false when it is another line, or nobody waits. */
    name(text: string): boolean {
      const mapping = waiting.length > 0 ? mappedFile(text) : null;
      if (!mapping) return false;
      const index = waiting.findIndex(
        (crash) => crash.object === null && (waiting.length === 1 || liesIn(crash, mapping)),
      );
      const crash = waiting[index];
      if (crash) waiting[index] = { ...crash, object: mapping.object };
      return true;
    },
    release,
  };
}

function liesIn({ ip }: Crash, { start, bytes }: Mapping): boolean {
  if (ip === null || ip === undefined) return true;
  const at = BigInt(`0x${ip}`);
  return at >= start && at < start + bytes;
}
