import { procText } from '../../procfs/process.ts';
import { type CgroupUse, cgroupReader, withAncestors } from './cgroups.ts';

/** Names of a process that was in a sample. */
export interface Named {
  readonly comm: string;
  readonly cgroup: string | null;
}

/** Whose names are read again each time: exec changes them, and pids are used again. */
const largest = 12;
const mostCgroups = 200;
/** A cgroup without a limit may get one: looked at again in every so many samples. */
const samplesPerRecheck = 6;
/** Below this many nobody need be forgotten. */
const fewNames = 4_000;

/** Who shares the memory: processes by name, and the cgroups they are in that have a limit. */
export function neighbours() {
  const reader = cgroupReader();
  const names = new Map<number, Named>();
  const unlimited = new Set<string>();
  let samples = 0;

  return {
    nameOf: (pid: number): Named | null => names.get(pid) ?? null,
    /** Notes who is there, the largest first, and reads the cgroups of the largest and all that have a limit. */
    meet(pids: Int32Array): CgroupUse[] {
      samples += 1;
      if (samples % samplesPerRecheck === 0) unlimited.clear();
      const ofLargest = new Set<string>();
      const others = new Set<string>();
      pids.forEach((pid, place) => {
        if (place < largest || !names.has(pid)) note(pid);
        const cgroup = names.get(pid)?.cgroup;
        if (cgroup) (place < largest ? ofLargest : others).add(cgroup);
      });
      const shown = new Set([...ofLargest].flatMap(withAncestors));
      const wanted = [...shown, ...[...others].flatMap(withAncestors)];
      return [...new Set(wanted)]
        .filter((path) => shown.has(path) || !unlimited.has(path))
        .slice(0, mostCgroups)
        .flatMap((path) => {
          const use = reader.use(path);
          if (use && use.limitKb === null) unlimited.add(path);
          return use && (use.limitKb !== null || shown.has(path)) ? [use] : [];
        });
    },
    /** Forgets everybody but these, once there are many. */
    forget(kept: () => readonly number[]): void {
      if (names.size < fewNames) return;
      const there = new Set(kept());
      for (const pid of names.keys()) if (!there.has(pid)) names.delete(pid);
    },
  };

  function note(pid: number): void {
    const comm = procText(`/proc/${pid}/comm`)?.replace(/\n$/, '');
    if (comm !== undefined) names.set(pid, { comm, cgroup: reader.pathOf(pid) });
  }
}
