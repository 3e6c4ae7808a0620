import type { Answer, MemoryStory } from '@coroner/schema/http/answer';
import { printable, shortened } from '@coroner/schema/verdict/words/printable';
import type { Series } from '../reply.ts';

const mostPoints = 20;
const mostProcesses = 3;
const longestName = 16;
const kbPerMib = 1024;
/** `03:12:07` of an instant. */
const clock = [11, 19] as const;

/** The minutes before a memory kill in MiB: what was left, a limited cgroup, who held the most. */
export function memorySeries(story: MemoryStory, { pid }: Answer['death']): Series | null {
  const picked = evenly(story.times.length);
  if (picked.length < 2) return null;
  const limited = story.cgroups.find(({ limitKb }) => limitKb !== null);
  const lines = [
    { name: 'available', values: story.availableKb },
    ...(limited ? [{ name: 'cgroup', values: limited.usageKb }] : []),
    ...story.processes.slice(0, mostProcesses).map((process) => ({
      name: `${shortened(printable(process.comm), longestName)} ${process.pid}${process.pid === pid ? ' †' : ''}`,
      values: process.rssKb,
    })),
  ];
  return {
    title: 'Memory before the kill',
    labels: unique(picked.map((index) => (story.times[index] ?? '').slice(...clock))),
    unit: 'MiB',
    lines: lines.map(({ name, values }) => ({
      name,
      values: picked.map((index) => Math.round(lastKnown(values, index) / kbPerMib)),
    })),
  };
}

/** At most so many indexes of `count`, the first and the last among them. */
function evenly(count: number): number[] {
  const points = Math.min(count, mostPoints);
  return Array.from({ length: points }, (_, index) =>
    Math.round((index * (count - 1)) / Math.max(points - 1, 1)),
  );
}

/** A sample that is missing is taken to be as the one before it. */
function lastKnown(values: readonly (number | null)[], index: number): number {
  for (let at = index; at >= 0; at--) {
    const value = values[at];
    if (value !== null && value !== undefined) return value;
  }
  return 0;
}

/** Slack tells points apart by their labels. */
function unique(labels: readonly string[]): string[] {
  return labels.map((label, index) =>
    labels.indexOf(label) === index ? label : `${label} (${index + 1})`,
  );
}
