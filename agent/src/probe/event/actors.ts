import type { Process } from '@coroner/schema/process';
import type { ProbeMaps } from '../maps/tables.ts';
import type { ActorRecord, AncestorRecord, ProcessKey } from '../record/record.ts';
import { type BoundedCache, boundedCache } from './bounded-cache.ts';
import type { Clock } from './clock.ts';
import { toProcess } from './process.ts';

const cachedActors = 1024;
const cachedCommandLines = 1024;
const usPerTick = 10_000;

/** The tasks that deaths refer to: those that came through the ring, else the kernel's map. */
export interface ActorBook {
  take(record: ActorRecord): void;
  find(key: ProcessKey): Process | null;
  commandLine(ancestor: AncestorRecord): string[] | null;
}

export function actorBook(maps: Pick<ProbeMaps, 'actor' | 'proc'>, clock: Clock): ActorBook {
  const actors: BoundedCache<Process> = boundedCache(cachedActors);
  const commandLines: BoundedCache<string[]> = boundedCache(cachedCommandLines);

  function take(record: ActorRecord): Process {
    const process = toProcess(record.process, clock, commandLine);
    actors.set(record.process.key.id, process);
    return process;
  }

  function commandLine(ancestor: AncestorRecord): string[] | null {
    const known = commandLines.get(ancestor.id);
    if (known) return known;
    const proc = maps.proc(ancestor.pid);
    if (!proc?.argv || !isSame(proc, ancestor)) return null;
    commandLines.set(ancestor.id, proc.argv);
    return proc.argv;
  }

  return {
    take,
    commandLine,
    find: (key) => {
      const known = actors.get(key.id);
      if (known) return known;
      const record = maps.actor(key.id);
      return record && take(record);
    },
  };
}

/** An entry that was read from /proc has its start time in clock ticks of 10 ms. */
export function isSame(
  proc: { startUs: number; seeded: boolean },
  { startUs }: { startUs: number },
): boolean {
  if (!proc.seeded) return proc.startUs === startUs;
  return Math.floor(proc.startUs / usPerTick) === Math.floor(startUs / usPerTick);
}
