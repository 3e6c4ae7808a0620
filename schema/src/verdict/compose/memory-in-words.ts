import type { MemoryStoryEvent } from '../../event/memory.ts';
import { duration } from '../words/duration.ts';
import { memory } from '../words/memory.ts';

/** One line about the minutes before a memory kill: how much was left, and how the victim grew, else who grew most. */
export function memoryInWords(story: MemoryStoryEvent): string {
  const { times, availableKb, totalKb } = story;
  const first = times[0];
  const last = times.at(-1);
  const spanMs = first && last ? Date.parse(last) - Date.parse(first) : 0;
  const known = availableKb.filter((kb) => kb !== null);
  const left =
    known.length === 0
      ? ''
      : `, available ${memory(known[0] ?? 0)} → ${memory(known.at(-1) ?? 0)} of ${memory(totalKb)}`;
  return `memory over ${duration(spanMs)} before (${times.length} samples)${left}${grown(story)}`;
}

function grown({ processes, victims }: MemoryStoryEvent): string {
  const growths = processes.map(({ pid, comm, rssKb }) => {
    const known = rssKb.filter((kb) => kb !== null);
    const from = known[0] ?? 0;
    const to = known.reduce((most, kb) => Math.max(most, kb), 0);
    return { pid, comm, from, to };
  });
  const isVictim = (pid: number) => victims.some((victim) => victim.pid === pid);
  const own = growths.filter(({ pid }) => isVictim(pid));
  const most = (own.length > 0 ? own : growths).toSorted(
    (a, b) => b.to - b.from - (a.to - a.from),
  )[0];
  if (!most || most.to <= most.from) return '';
  return `; ${most.comm} (pid ${most.pid}) grew from ${memory(most.from)} to ${memory(most.to)}`;
}
