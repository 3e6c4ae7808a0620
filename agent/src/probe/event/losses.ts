import type { RawEvent } from '../../source.ts';
import type { ProbeMaps } from '../maps/tables.ts';
import type { Counters } from '../record/record.ts';
import type { Clock } from './clock.ts';
import { gapEvent, gapReasons } from './gaps.ts';
import { missLedger } from './near-misses.ts';

/** An event about counters, and what to do when it is on disk. */
export interface Told {
  event: RawEvent;
  /** Until this is called, the next agent tells of the same again: a loss is never left out. */
  done(): void;
}

/** Turns the kernel's counters into events, whichever agent runs then. */
export interface Accountant {
  /** A gap event when deaths were lost since it was last asked. */
  losses(): Told | null;
  /** The same for signals of processes that were displaced by others. */
  displaced(): Told | null;
  /** What was counted and not shipped since it was last told; null when nothing was. */
  counts(): Told | null;
  /** The same as soon as somebody tried in vain to end a process; null otherwise. */
  news(): Told | null;
  /** An end that the kernel shipped and user space left out. */
  leftOut(): void;
}

export function accountant(maps: ProbeMaps, clock: Clock): Accountant {
  let reported = maps.reported();
  if (reported.toldUs === 0) reported = { ...reported, toldUs: clock.nowBootUs() };
  let leftOut = 0;
  let roomSeenUs = clock.nowBootUs();
  const misses = missLedger(clock, maps.proc);

  function tell(next: Counters): void {
    reported = next;
    maps.setReported(next);
  }

  return {
    leftOut: () => {
      leftOut++;
    },
    losses: () => {
      const now = maps.counters(reported.lostLastUs);
      const lost = now.lost - reported.lost;
      if (lost <= 0) return null;
      const sinceUs = Math.max(now.lostFirstUs, reported.lostLastUs);
      const untilUs = now.lostLastUs;
      const next = { lost: now.lost, lostFirstUs: sinceUs, lostLastUs: untilUs };
      return {
        event: gapEvent(clock, { lost, sinceUs, untilUs, reason: gapReasons.ringFull }),
        done: () => tell({ ...reported, ...next }),
      };
    },
    displaced: () => {
      const found = maps.displaced();
      const sinceUs = roomSeenUs;
      roomSeenUs = clock.nowBootUs();
      if (!found) return null;
      const { lost, done } = found;
      const reason = gapReasons.noRoom;
      return { event: gapEvent(clock, { lost, sinceUs, untilUs: roomSeenUs, reason }), done };
    },
    news: () => (misses.take(maps.takeMisses()) ? counts() : null),
    counts,
  };

  function counts(): Told | null {
    const now = maps.counters(reported.lostLastUs);
    const exits = now.exits - reported.exits + leftOut;
    const nearMisses = now.nearMisses - reported.nearMisses;
    const foldedSignals = now.folded - reported.folded;
    if (exits + nearMisses + foldedSignals <= 0) return null;
    misses.take(maps.takeMisses());
    const nearMissesBy = misses.told();
    const at = clock.nowBootUs();
    const since = clock.instant(reported.toldUs);
    const { lost, lostFirstUs, lostLastUs } = reported;
    const leftOutNow = leftOut;
    const event: RawEvent = {
      kind: 'counts',
      source: 'probe',
      at: clock.instant(at),
      bootUs: at,
      since,
      exits,
      nearMisses,
      foldedSignals,
      ...(nearMissesBy.length > 0 ? { nearMissesBy } : {}),
    };
    return {
      event,
      done: () => {
        tell({ ...now, lost, lostFirstUs, lostLastUs, toldUs: at });
        leftOut -= leftOutNow;
      },
    };
  }
}
