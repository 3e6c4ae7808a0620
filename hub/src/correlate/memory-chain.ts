import type { MemoryStory } from '@coroner/schema/http/answer';
import type { ChainLink } from '@coroner/schema/http/related';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import { duration } from '@coroner/schema/verdict/words/duration';
import { memory } from '@coroner/schema/verdict/words/memory';
import { printable } from '@coroner/schema/verdict/words/printable';

const kbPerPage = 4;
const timesAsMuch = 2;
/** Less is how memory of any program moves. */
const leastGrowthKb = 65_536;

/** Who grew while the victim did not; without a story of the memory, who held much more than it. */
export function memoryOfAnother(answer: StoredAnswer, story: MemoryStory | null): ChainLink[] {
  return story ? growthOfAnother(answer, story) : holdingOfAnother(answer);
}

interface Growth {
  pid: number;
  comm: string;
  fromKb: number;
  toKb: number;
  sinceMs: number;
  untilMs: number;
}

function growthOfAnother({ death, oom }: StoredAnswer, story: MemoryStory): ChainLink[] {
  // Of a cgroup that is too small, only what is in it counts.
  const within = oom?.cgroup ?? null;
  const growths = story.processes
    .filter(({ cgroup }) => within === null || cgroup == null || isBelow(cgroup, within))
    .flatMap((process) => growthOf(process, story.times));
  const grown = (one: Growth | undefined): number => (one ? one.toKb - one.fromKb : 0);
  const [most] = growths.sort((a, b) => grown(b) - grown(a));
  const own = growths.find(({ pid }) => pid === death.pid);
  if (!most || most.pid === death.pid || grown(most) < leastGrowthKb) return [];
  if (grown(most) < timesAsMuch * Math.max(0, grown(own))) return [];
  const victims = own ? `, the victim by ${memory(Math.max(0, grown(own)))}` : '';
  return [
    {
      relation: 'memory',
      confidence: 'possible',
      text: `${printable(most.comm)} (pid ${most.pid}) grew by ${memory(grown(most))} to ${memory(most.toKb)} in the ${duration(most.untilMs - most.sinceMs)} before${victims}`,
      eventIds: [story.eventId],
    },
  ];
}

const isBelow = (cgroup: string, above: string): boolean =>
  cgroup === above || cgroup.startsWith(`${above === '/' ? '' : above}/`);

/** From its first sample to its last. */
function growthOf(
  { pid, comm, rssKb }: MemoryStory['processes'][number],
  times: readonly string[],
): Growth[] {
  const samples = rssKb.flatMap((kb, place) => (kb === null ? [] : [{ kb, at: times[place] }]));
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first?.at || !last?.at) return [];
  const [sinceMs, untilMs] = [Date.parse(first.at), Date.parse(last.at)];
  return [{ pid, comm, fromKb: first.kb, toKb: last.kb, sinceMs, untilMs }];
}

/** Another task of the report that held at least twice as much as the victim. */
function holdingOfAnother({ oom, death, evidence }: StoredAnswer): ChainLink[] {
  const report = evidence.find(({ kind }) => kind === 'oom-kill');
  const tasks = [...(oom?.tasks ?? [])].sort((a, b) => (b.rssPages ?? 0) - (a.rssPages ?? 0));
  const [largest] = tasks;
  const own = tasks.find(({ pid }) => pid === death.pid);
  if (!report || !largest?.rssPages || !own?.rssPages || largest.pid === death.pid) return [];
  if (largest.rssPages < own.rssPages * timesAsMuch) return [];
  const held = (pages: number) => memory(pages * kbPerPage);
  return [
    {
      relation: 'memory',
      confidence: 'possible',
      text: `${printable(largest.comm)} (pid ${largest.pid}) held ${held(largest.rssPages)} then, the victim ${held(own.rssPages)}`,
      eventIds: [report.eventId],
    },
  ];
}
