import type { Cause } from '@coroner/schema/cause';
import type { MemoryStory } from '@coroner/schema/http/answer';
import type { ChainLink } from '@coroner/schema/http/related';
import { signalNumber } from '@coroner/schema/signal';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import { duration } from '@coroner/schema/verdict/words/duration';
import { printable } from '@coroner/schema/verdict/words/printable';
import { memoryOfAnother } from './memory-chain.ts';

/** A death of the same host, shortly before, or at the same time. */
export interface EarlierDeath {
  id: string;
  pid: number;
  comm: string;
  unit: string | null;
  cause: Cause;
  signal: string | null;
  summary: string;
  /** How long before, ms; by the time since boot where both know it. */
  beforeMs: number;
  pgid: number | null;
  /** Id that the death of its parent has, if that died. */
  parentId: string | null;
  /** How often its unit had died just before the victim's in earlier days. */
  together: number;
}

/** What a chain is looked for in. */
export interface ChainCase {
  answer: StoredAnswer;
  /** The victim's process group; null where it is not known. */
  pgid: number | null;
  /** Ids that the deaths of the processes above it would have. */
  ancestorIds: readonly string[];
  /** The same of the process that took it along. */
  parentId: string | null;
  earlier: readonly EarlierDeath[];
  memory: MemoryStory | null;
}

/** Ends of which the process itself is the last to act, so that something before may have led to it. */
const ofItself: ReadonlySet<Cause> = new Set(['exit-error', 'abort', 'last-thread-exited']);
const ofMemory: ReadonlySet<Cause> = new Set(['oom-host', 'oom-cgroup', 'oom-daemon']);
/** Ends that others notice. */
const violent: ReadonlySet<Cause> = new Set([
  ...(['signal-from-process', 'cgroup-kill', 'oom-host', 'oom-cgroup', 'oom-daemon'] as const),
  ...(['crash', 'abort', 'service-timeout', 'seccomp', 'hardware-memory'] as const),
]);
const withinMs = 5_000;
/** Who is taken along may be gone before who takes it. */
const takenAlongMs = 10_000;
/** Without a second time, less than this is chance. */
const onceWithinMs = 2_000;
const signalBase = 128;

/** What may have led to a death; nothing where a named process ended it, for that is the answer. */
export function chainOf(one: ChainCase): ChainLink[] {
  const { cause } = one.answer.verdict;
  if (ofMemory.has(cause)) return memoryOfAnother(one.answer, one.memory);
  if (cause === 'parent-died') return takenAlong(one);
  const before = one.earlier.filter(({ beforeMs }) => beforeMs >= 0 && beforeMs <= withinMs);
  if (cause === 'broken-pipe') return nearest(before, 'pipeline', isPipeline(one));
  const isAbove = ({ id }: EarlierDeath) => one.ancestorIds.includes(id);
  if (cause === 'hangup') return nearest(before, 'parent', isAbove);
  if (!ofItself.has(cause)) return [];
  const links = [
    nearest(before, 'child', isChildOfStatus(one)),
    nearest(before, 'parent', isAbove),
    nearest(before, 'same-unit', (it) => violent.has(it.cause) && isSameUnit(one, it)),
    otherService(one, before),
  ];
  return links.find(({ length }) => length > 0) ?? [];
}

const relations: Readonly<Record<Exclude<ChainLink['relation'], 'memory' | 'service'>, string>> = {
  parent: 'a process above it',
  child: 'a process that it had started and whose status it took over',
  pipeline: 'of the same pipeline',
  'same-unit': 'of the same unit',
};

function nearest(
  earlier: readonly EarlierDeath[],
  relation: keyof typeof relations,
  isIt: (death: EarlierDeath) => boolean,
): ChainLink[] {
  const [found] = earlier.filter(isIt).sort((a, b) => a.beforeMs - b.beforeMs);
  return found ? [link(found, relation, relations[relation])] : [];
}

const link = (death: EarlierDeath, relation: ChainLink['relation'], what: string): ChainLink => ({
  relation,
  confidence: 'possible',
  text: `${printable(death.comm)} (pid ${death.pid}), ${what}, had ended ${duration(death.beforeMs)} before (${death.cause})`,
  eventIds: [death.id],
});

/** Who took it along is the actor; what ended that is the story. */
function takenAlong({ earlier, parentId }: ChainCase): ChainLink[] {
  const parent = earlier.find(
    ({ id, beforeMs }) => id === parentId && Math.abs(beforeMs) <= takenAlongMs,
  );
  if (!parent) return [];
  return [
    {
      relation: 'parent',
      confidence: 'possible',
      text: `what took it along ended thus: ${parent.summary}`,
      eventIds: [parent.id],
    },
  ];
}

const isPipeline =
  ({ pgid }: ChainCase) =>
  (other: EarlierDeath): boolean =>
    pgid !== null && pgid === other.pgid;

/** A shell exits with 128 + the signal that ended its last command. */
const isChildOfStatus =
  ({ answer: { death } }: ChainCase) =>
  ({ parentId, signal }: EarlierDeath): boolean =>
    parentId === death.id &&
    signal !== null &&
    death.exitCode === signalBase + (signalNumber(signal) ?? -signalBase);

const isService = (unit: string | null): unit is string =>
  /^(?!user@).*\.service$/s.test(unit ?? '');

const isSameUnit = ({ answer }: ChainCase, { unit }: EarlierDeath): boolean =>
  isService(unit) && unit === answer.death.unit;

/** Nothing on record says which service needs which: that they died together before does, or that it is the only one. */
function otherService({ answer }: ChainCase, before: readonly EarlierDeath[]): ChainLink[] {
  if (!isService(answer.death.unit)) return [];
  const others = before.filter(
    ({ unit, cause }) => violent.has(cause) && isService(unit) && unit !== answer.death.unit,
  );
  const [usual] = [...others].sort((a, b) => b.together - a.together || a.beforeMs - b.beforeMs);
  if (!usual) return [];
  const what = `of another service of this host (${printable(usual.unit ?? '')})`;
  if (usual.together > 0)
    return [link(usual, 'service', `${what}, as ${timesInWords(usual.together)} before`)];
  const units = new Set(others.map(({ unit }) => unit));
  if (units.size > 1 || usual.beforeMs > onceWithinMs) return [];
  return [link(usual, 'service', `${what} of which nothing says that it is needed`)];
}

const timesInWords = (times: number): string => (times === 1 ? 'once' : `${times} times`);
