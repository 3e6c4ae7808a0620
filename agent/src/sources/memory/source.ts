import { performance } from 'node:perf_hooks';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { isReadable } from '../../following/readable.ts';
import type { Emit, RawEvent, RunningSource, Source } from '../../source.ts';
import { pace, type Step } from './pace.ts';
import { sampleRing } from './ring.ts';
import { type Sample, sampler } from './sample.ts';
import { series, type Victim } from './story.ts';

export interface MemoryOptions {
  /** Between samples while nothing is short. */
  readonly everyMs: number;
}

/** One shortage kills several within a second, and is told by several sources. */
const settleMs = 1_000;
/** A log that tells of older kills was written while nobody read it. */
const freshMs = 60_000;

/**
 * The last ten minutes of the host's memory, kept in memory; told when somebody was killed for want
 * of it. A sample of the host alone takes 0.1 ms of CPU, one with 180 processes 4 ms: at the usual
 * 10 s that is 0.04 % of one CPU, and with any number of processes at most 0.5 %.
 */
export function memorySource(options: MemoryOptions): Source {
  return { name: 'memory', status, start: async (emit) => start(options, emit) };
}

function status(): SourceStatus {
  const source = 'memory';
  if (!isReadable('/proc/meminfo'))
    return { source, state: 'missing', why: '/proc/meminfo cannot be read' };
  const pressure = isReadable('/proc/pressure/memory');
  return {
    source,
    state: 'available',
    why: `the last ten minutes are kept, ${pressure ? 'with' : 'without'} /proc/pressure/memory`,
    ...(pressure ? {} : { enable: 'boot with psi=1 on a kernel that has CONFIG_PSI' }),
  };
}

interface Killing {
  at: string | null;
  bootUs: number | null;
  because: Set<string>;
  victims: Map<string, Victim>;
}

async function start({ everyMs }: MemoryOptions, emit: Emit): Promise<RunningSource> {
  const take = sampler();
  const ring = sampleRing();
  const steps = pace(everyMs);
  let timer: NodeJS.Timeout | null = null;
  let settling: NodeJS.Timeout | null = null;
  let killing: Killing | null = null;
  let lastStoryMs = Number.NEGATIVE_INFINITY;
  let stopped = false;
  await look(true);

  return {
    heard,
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      if (settling) tell();
    },
  };

  async function look(whole: boolean): Promise<void> {
    const before = process.cpuUsage();
    const sample = whole ? await take.whole() : take.host();
    const used = process.cpuUsage(before);
    keep(sample);
    plan(steps.after(sample, (used.user + used.system) / 1000));
  }

  function keep(sample: Sample): void {
    ring.push(sample);
    take.forget(ring.samples);
  }

  function plan({ waitMs, whole }: Step): void {
    if (!stopped) timer = setTimeout(() => void look(whole), waitMs);
  }

  /** Called for every event of every source: what is not about memory must cost nothing. */
  function heard(event: RawEvent): void {
    const victim = victimOf(event);
    if (!victim || event.backfilled || !isFresh(event.at)) return;
    if (!killing) {
      const bootUs = typeof event.bootUs === 'number' ? event.bootUs : null;
      killing = { at: event.at, bootUs, because: new Set(), victims: new Map() };
      keep(take.host());
      // In a loop of kills the next story has something new when there was another sample.
      const waitMs = Math.max(settleMs, lastStoryMs + everyMs - performance.now());
      settling = setTimeout(tell, waitMs);
    }
    killing.because.add(event.kind);
    killing.victims.set(JSON.stringify(victim), victim);
  }

  function tell(): void {
    if (settling) clearTimeout(settling);
    settling = null;
    if (!killing) return;
    const { at, bootUs, because } = killing;
    const victims = [...killing.victims.values()].slice(0, mostVictims);
    killing = null;
    lastStoryMs = performance.now();
    emit({
      kind: 'memory-story',
      source: 'proc',
      at,
      ...(bootUs === null ? {} : { bootUs }),
      because: [...because],
      victims,
      ...series(ring.samples, take.nameOf, victims),
    });
  }
}

const mostVictims = 64;

function isFresh(at: string | null): boolean {
  return at === null || Math.abs(Date.now() - Date.parse(at)) <= freshMs;
}

/** Null for what is no kill for want of memory. */
function victimOf(event: RawEvent): Victim | null {
  if (event.kind === 'oom-kill' || event.kind === 'oom-daemon-kill')
    return { pid: event.pid, comm: event.comm };
  if (event.kind === 'death' && event.oomMarked)
    return { pid: event.victim.pid, comm: event.victim.comm };
  return null;
}
