import { readFileSync } from 'node:fs';
import type { RawEvent } from '../../../source.ts';

export interface LossReports {
  /** All that was written until now has been read. */
  upToDate(): void;
  /** The reader came upon a loss. */
  note(why: 'overrun' | 'unreadable'): void;
  /** Reports what was not reported yet, and ends. */
  stop(): void;
}

interface Clock {
  nowBootUs(): number;
  instant(bootUs: number): string;
}

const reportAfterMs = 1000;
const counters = /^(?:overrun|commit overrun|dropped events): (\d+)$/gm;

/** Records that a ring lost since it was made, as its per_cpu/cpuN/stats says. */
function lostRecords(stats: string): number {
  let lost = 0;
  for (const [, count] of stats.matchAll(counters)) lost += Number(count);
  return lost;
}

/** Turns losses into gap events: at most one a second, with the count of the kernel. */
export function lossReports(
  instance: { folder: string; cpus: readonly number[] },
  clock: Clock,
  report: (gap: RawEvent) => void,
): LossReports {
  let known = total();
  let readUs = clock.nowBootUs();
  let sinceUs = readUs;
  let unreadable = 0;
  let timer: NodeJS.Timeout | null = null;

  function total(): number {
    return instance.cpus
      .map((cpu) => `${instance.folder}/per_cpu/cpu${cpu}/stats`)
      .map((path) => lostRecords(readFileSync(path, 'latin1')))
      .reduce((sum, lost) => sum + lost, 0);
  }

  function tell(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    const now = total();
    const untilUs = clock.nowBootUs();
    const lost = Math.max(0, now - known);
    if (lost > 0)
      report(gap(lost, untilUs, 'the kernel wrote trace records faster than they were read'));
    if (unreadable > 0)
      report(gap(null, untilUs, `${unreadable} pages of trace records could not be read`));
    known = now;
    unreadable = 0;
  }

  function gap(lost: number | null, untilUs: number, reason: string): RawEvent {
    const until = clock.instant(untilUs);
    const since = clock.instant(sinceUs);
    return {
      kind: 'gap',
      source: 'tracefs',
      at: until,
      bootUs: untilUs,
      of: 'tracefs',
      since,
      until,
      lost,
      reason,
    };
  }

  return {
    upToDate() {
      readUs = clock.nowBootUs();
    },
    note(why) {
      if (why === 'unreadable') unreadable += 1;
      if (timer) return;
      sinceUs = readUs;
      timer = setTimeout(tell, reportAfterMs);
    },
    stop: tell,
  };
}
