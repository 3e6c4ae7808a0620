import { readdirSync } from 'node:fs';
import { deathId } from '@coroner/schema/identity';
import type { Ancestor, Process } from '@coroner/schema/process';
import { bootWallUs, isoMicros, uptimeUs } from '../../clock.ts';
import type { Watchable } from '../../probe/event/watched.ts';
import { type SeenProcess, seenProcess, startOf } from '../../procfs/process.ts';
import type { Emit, RunningSource, Source } from '../../source.ts';

export interface ProcOptions {
  readonly host: string;
  readonly bootId: string;
  /** Tells whether every end of such a process is wanted. */
  isWatched(process: Watchable): boolean;
  /** Ends of others are reported when they lived at least so long. */
  readonly shortLivedMs: number;
  readonly pollMs?: number;
}

const defaultPollMs = 1000;
/** Every so many polls all processes are read again: exec changes names, and pids are reused. */
const pollsPerSweep = 10;
const mostAncestors = 8;
const usPerMs = 1000;

/**
 * The last resort without privilege: sees that a process is there no more. Exit status, signal and
 * sender are unknown, and who lives less than a poll is never seen.
 */
export function procSource(options: ProcOptions): Source {
  return {
    name: 'proc',
    insteadOf: ['probe', 'tracefs'],
    status: () => ({
      source: 'proc',
      state: 'degraded',
      why: 'sees that processes are gone, but not how or by whom; lives of under a second are missed',
      enable: 'run the agent as root: then the kernel probe names signals and senders',
    }),
    start: async (emit) => start(options, emit),
  };
}

function start(options: ProcOptions, emit: Emit): RunningSource {
  const seen = new Map<number, SeenProcess>();
  let polls = 0;
  look();
  const timer = setInterval(look, options.pollMs ?? defaultPollMs);
  return {
    stop: async () => clearInterval(timer),
  };

  function look(): void {
    const sweeping = polls % pollsPerSweep === 0;
    polls += 1;
    const present = new Set(runningPids());
    const gone = [...seen.values()].filter(({ pid, startUs }) =>
      present.has(pid) ? sweeping && startOf(pid) !== startUs : true,
    );
    for (const process of gone) report(process);
    for (const { pid } of gone) seen.delete(pid);
    for (const pid of present) {
      if (!sweeping && seen.has(pid)) continue;
      const process = seenProcess(pid);
      if (process) seen.set(pid, process);
    }
  }

  function report(process: SeenProcess): void {
    if (process.isKernelThread) return;
    const nowUs = uptimeUs();
    const lifetimeMs = Math.max(0, (nowUs - process.startUs) / usPerMs);
    if (lifetimeMs < options.shortLivedMs && !options.isWatched(process)) return;
    emit({
      kind: 'death',
      id: deathId(options.host, options.bootId, process.pid, process.startUs),
      source: 'proc',
      at: isoMicros(bootWallUs() + nowUs),
      bootUs: nowUs,
      victim: victimOf(process),
      exit: { code: null, signal: null, coreDumped: false },
      signals: [],
      signalsLost: 0,
      oomMarked: false,
      lifetimeMs,
    });
  }

  function victimOf(process: SeenProcess): Process {
    const { ppid: _parent, isKernelThread: _thread, ...facts } = process;
    const startedAt = isoMicros(bootWallUs() + process.startUs);
    return { ...facts, startedAt, ancestry: ancestryOf(process) };
  }

  function ancestryOf(process: SeenProcess): Ancestor[] {
    const ancestors: Ancestor[] = [];
    let parent = seen.get(process.ppid);
    while (parent && ancestors.length < mostAncestors) {
      const { pid, comm, startUs, uid, cmdline } = parent;
      ancestors.push({ pid, comm, startUs, uid, cmdline });
      parent = seen.get(parent.ppid);
    }
    return ancestors;
  }
}

function runningPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}
