import type { NearMiss } from '@coroner/schema/event/agent';
import { signalName } from '@coroner/schema/signal';
import type { MissRecord } from '../record/miss.ts';
import type { ProcRecord } from '../record/record.ts';
import { isSame } from './actors.ts';
import type { Clock } from './clock.ts';

/** What an event holds; the rest is in its total only. */
const mostRows = 50;
/** Kept until they are told. */
const mostKept = 1024;

const asksToStop: ReadonlySet<string> = new Set([
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGABRT',
  'SIGKILL',
  'SIGTERM',
]);

/** The near misses that were taken out of the kernel and not told yet. */
export interface MissLedger {
  /** True when one of them is worth telling at once: somebody asked another process to end. */
  take(misses: readonly MissRecord[]): boolean;
  /** All of them, the most frequent first; then it is empty. */
  told(): NearMiss[];
}

export function missLedger(clock: Clock, proc: (pid: number) => ProcRecord | null): MissLedger {
  let rows = new Map<string, NearMiss>();

  function take(misses: readonly MissRecord[]): boolean {
    let urgent = false;
    const lastAt = clock.instant(clock.nowBootUs());
    for (const miss of misses) {
      const key = JSON.stringify([miss.signal, miss.why, miss.sender, miss.target]);
      const known = rows.get(key);
      if (!known && rows.size >= mostKept) continue;
      const row = known ?? { ...toRow(miss), count: 0 };
      rows.set(key, { ...row, count: row.count + miss.count, lastAt });
      urgent ||= !known && asksToStop.has(row.signal) && isOfAnother(miss);
    }
    return urgent;
  }

  /** The sender may have ended since; its command line is kept for a while. */
  function toRow({ signal, sender, target, count, why }: MissRecord): NearMiss {
    const entry = sender && proc(sender.pid);
    const cmdline = entry && isSame(entry, sender) ? entry.argv : null;
    return {
      signal: signalName(signal),
      sender: sender && { ...sender, cmdline },
      target,
      count,
      why: why === 'overflowed' ? 'not-queued' : why,
    };
  }

  return {
    take,
    told: () => {
      const all = [...rows.values()];
      rows = new Map();
      return all.sort((a, b) => b.count - a.count).slice(0, mostRows);
    },
  };
}

const isOfAnother = ({ sender, target }: MissRecord): boolean =>
  sender !== null && sender.pid !== target.pid;
