import type { MapSizes } from './kernel/names.ts';

/** CHLD CONT STOP TSTP TTIN TTOU URG WINCH: their default action is to ignore, stop or continue. */
export const harmlessSignals: readonly number[] = [17, 18, 19, 20, 21, 22, 23, 28];

export interface ProbeOptions {
  host: string;
  bootId: string;
  /** Normal exits of processes younger than this are counted, not reported. */
  shortLivedMs: number;
  /** Globs of names, and `unit:` and `cgroup:` globs, whose every end is reported. */
  watch: readonly string[];
  /**
   * Names the pins under which recording survives this process: one agent at a time may have it.
   * Absent: record only while this process lives.
   */
  instance?: string;
  /** Whose the pins are: once it is gone, any agent may remove them. */
  stateDir?: string;
  /** Asked at stop(): whether the kernel goes on recording for the next agent. Default: it ends. */
  keepRecording?: () => boolean;
  /**
   * Kernel memory for what is recorded and not read yet, a power of two; maps that an earlier agent
   * left keep theirs. Default 8 MiB: some 7,000 deaths.
   */
  ringBytes?: number;
  /** Entries of other maps; absent: by the host's processes and processors (kernel/sizes.ts). */
  mapSizes?: Partial<MapSizes>;
  /** Inode of the pid namespace to watch; absent: the whole host. */
  scopePidNamespace?: number;
  /** Numbers of signals that are not looked at; absent: those that end nothing by themselves. */
  noiseSignals?: readonly number[];
  /** Count signal 0, which only asks whether there is such a process. */
  countQuestions?: boolean;
  /** How long after a request to stop a process may end because of it; absent: as long as verdicts say. */
  patienceMs?: number;
}
