import type { Cause } from '@coroner/schema/cause';
import type { ChainLink } from '@coroner/schema/http/related';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import { duration } from '@coroner/schema/verdict/words/duration';
import { memory } from '@coroner/schema/verdict/words/memory';
import { printable } from '@coroner/schema/verdict/words/printable';

/** A death of the same host, shortly before. */
export interface EarlierDeath {
  id: string;
  pid: number;
  comm: string;
  unit: string | null;
  cause: Cause;
  /** How long before, ms. */
  beforeMs: number;
  pgid: number | null;
}

/** What a chain is looked for in. */
export interface ChainCase {
  answer: StoredAnswer;
  /** The victim's process group; null where it is not known. */
  pgid: number | null;
  /** Ids that the deaths of the processes above it would have. */
  ancestorIds: readonly string[];
  earlier: readonly EarlierDeath[];
}

/** Ends of which the process itself is the last to act, so that something before may have led to it. */
const ofItself: ReadonlySet<Cause> = new Set(['exit-error', 'abort', 'last-thread-exited']);
/** Ends that others notice. */
const violent: ReadonlySet<Cause> = new Set([
  ...(['signal-from-process', 'cgroup-kill', 'oom-host', 'oom-cgroup', 'oom-daemon'] as const),
  ...(['crash', 'abort', 'service-timeout', 'seccomp', 'hardware-memory'] as const),
]);
const kbPerPage = 4;
const timesAsMuch = 2;

/** What may have led to a death; nothing where a named process ended it, for that is the answer. */
export function chainOf(one: ChainCase): ChainLink[] {
  const { cause } = one.answer.verdict;
  if (cause === 'oom-host' || cause === 'oom-cgroup') return memoryOfAnother(one.answer);
  if (cause === 'broken-pipe') return nearest(one, 'pipeline', (it) => isPipeline(one, it));
  if (!ofItself.has(cause)) return [];
  const parent = nearest(one, 'parent', ({ id }) => one.ancestorIds.includes(id));
  if (parent.length > 0) return parent;
  const sibling = nearest(one, 'same-unit', (it) => violent.has(it.cause) && isSameUnit(one, it));
  if (sibling.length > 0) return sibling;
  return nearest(one, 'service', (it) => violent.has(it.cause) && isOtherService(one, it));
}

const relations: Readonly<Record<Exclude<ChainLink['relation'], 'memory'>, string>> = {
  parent: 'a process above it',
  pipeline: 'of the same pipeline',
  'same-unit': 'of the same unit',
  service: 'of another service of this host',
};

function nearest(
  { earlier }: ChainCase,
  relation: Exclude<ChainLink['relation'], 'memory'>,
  isIt: (death: EarlierDeath) => boolean,
): ChainLink[] {
  const [found] = earlier.filter(isIt).sort((a, b) => a.beforeMs - b.beforeMs);
  if (!found) return [];
  const unit = found.unit && relation === 'service' ? ` (${printable(found.unit)})` : '';
  return [
    {
      relation,
      confidence: 'possible',
      text: `${printable(found.comm)} (pid ${found.pid})${unit}, ${relations[relation]}, had ended ${duration(found.beforeMs)} before (${found.cause})`,
      eventIds: [found.id],
    },
  ];
}

const isPipeline = ({ pgid }: ChainCase, other: EarlierDeath): boolean =>
  pgid !== null && pgid === other.pgid;

const isService = (unit: string | null): unit is string =>
  /^(?!user@).*\.service$/s.test(unit ?? '');

const isSameUnit = ({ answer }: ChainCase, { unit }: EarlierDeath): boolean =>
  isService(unit) && unit === answer.death.unit;

const isOtherService = ({ answer }: ChainCase, { unit }: EarlierDeath): boolean =>
  isService(unit) && isService(answer.death.unit) && unit !== answer.death.unit;

/** Another task of the report that held at least twice as much as the victim. */
function memoryOfAnother({ oom, death, evidence }: StoredAnswer): ChainLink[] {
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
