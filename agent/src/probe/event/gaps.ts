import type { RawEvent } from '../../source.ts';
import type { Clock } from './clock.ts';

export interface Lost {
  lost: number;
  sinceUs: number;
  untilUs: number;
  reason: string;
}

/** Evidence of the probe that is missing, with its time span. */
export function gapEvent(clock: Clock, { lost, sinceUs, untilUs, reason }: Lost): RawEvent {
  return {
    kind: 'gap',
    source: 'probe',
    at: clock.instant(untilUs),
    bootUs: untilUs,
    of: 'probe',
    since: clock.instant(sinceUs),
    until: clock.instant(untilUs),
    lost,
    reason,
  };
}

export const gapReasons = {
  ringFull: 'the ring buffer between kernel and agent was full',
  noRoom: 'more processes had signals waiting than the probe has room for',
  /** Records that a probe of another layout left, which cannot be read. */
  otherLayout: (version: number) =>
    `left by an agent whose records have another layout (${version})`,
  replaced: 'signals arrived while the probe was replaced by one whose records have another layout',
  /** The object in the kernel is not the one that this was built for. */
  undecodable: 'a record of the probe could not be decoded',
  unhandled: (error: Error) => `a record of the probe could not be handled: ${error.message}`,
} as const;

/** Records that are passed over, told once for each reason of a batch: one bad object makes many. */
export interface Passed {
  note(reason: string): void;
  /** What was noted since the last time. */
  told(): RawEvent[];
}

export function passedRecords(clock: Clock): Passed {
  let noted = new Map<string, Lost>();
  return {
    note(reason) {
      const untilUs = clock.nowBootUs();
      const known = noted.get(reason) ?? { lost: 0, sinceUs: untilUs, untilUs, reason };
      noted.set(reason, { ...known, lost: known.lost + 1, untilUs });
    },
    told() {
      const gaps = [...noted.values()].map((lost) => gapEvent(clock, lost));
      noted = new Map();
      return gaps;
    },
  };
}
