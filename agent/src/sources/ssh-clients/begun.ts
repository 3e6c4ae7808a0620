import { readdirSync, readlinkSync } from 'node:fs';
import { procText } from '../../procfs/process.ts';

/** After more than so many /proc is listed, which costs less than to ask for each. */
const mostOneByOne = 64;
/** And so it goes on until there are this few: the first listing after asking costs most. */
const fewAgain = 16;

/**
 * Tells at each call the pids of processes that may have begun since the last call, by the pid that
 * the kernel gave last (/proc/loadavg, proc_loadavg(5)): to list all of /proc each time would be most
 * of what an idle agent costs. All pids the first time, after many, when pids begin anew from below,
 * and where /proc is not that of our own pid namespace, of which the kernel tells it.
 */
export function begunPids(): () => readonly number[] {
  const isOwn = readlinkSync('/proc/self') === `${process.pid}`;
  let before: number | null = null;
  let listedBefore: ReadonlySet<number> | null = null;
  return () => {
    // Ahead of the listing: what begins in between is told the next time.
    const newest = isOwn ? newestPid() : null;
    const since = before;
    before = newest;
    const known = listedBefore;
    const most = known ? fewAgain : mostOneByOne;
    if (newest !== null && since !== null && newest >= since && newest - since <= most) {
      listedBefore = null;
      return Array.from({ length: newest - since }, (_, index) => since + 1 + index);
    }
    const pids = listed();
    listedBefore = new Set(pids);
    // An older listing than the one just before may hold pids that others have by now.
    return known ? pids.filter((pid) => !known.has(pid)) : pids;
  };
}

function newestPid(): number | null {
  const newest = Number(procText('/proc/loadavg')?.trim().split(' ').at(-1));
  return Number.isInteger(newest) ? newest : null;
}

function listed(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}
