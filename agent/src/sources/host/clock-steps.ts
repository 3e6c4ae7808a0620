import { bootWallUs } from '../../clock.ts';
import type { Emit } from '../../source.ts';

const everyMs = 10_000;
/** /proc/uptime is good to 10 ms, and between reading the two clocks the CPU may be another's. */
const leastStepMs = 500;
const usPerMs = 1000;

/**
 * How far the wall clock was set between two looks, in ms; null when it was not. NTP's slewing moves
 * the time since boot alike, so that what differs was set: clock_settime(2), or a step of adjtimex(2).
 */
function stepMs(beforeUs: number, nowUs: number): number | null {
  const byMs = (nowUs - beforeUs) / usPerMs;
  return Math.abs(byMs) < leastStepMs ? null : Math.round(byMs);
}

/** Watches the wall clock of the moment of boot, which moves only when the clock is set. */
export function watchClock(emit: Emit, readUs: () => number = bootWallUs) {
  let beforeUs = readUs();
  const timer = setInterval(look, everyMs);
  return { look, stop: () => clearInterval(timer) };

  function look(): void {
    const nowUs = readUs();
    const byMs = stepMs(beforeUs, nowUs);
    if (byMs === null) return;
    beforeUs = nowUs;
    emit({ kind: 'clock-step', source: 'agent', at: new Date().toISOString(), byMs });
  }
}
