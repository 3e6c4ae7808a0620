/** Maps whose content outlives the agent, as agent/probe/maps.h names them. */
export const mapNames = [
  'ring',
  'pending',
  'actors',
  'procs',
  'ended',
  'misses',
  'counters',
  'reported',
] as const;
export type MapFds = Record<(typeof mapNames)[number], number>;

/** Programs in the order in which they are attached: senders before ends. */
export const programNames = ['on_exec', 'on_signal', 'on_exit'] as const;

/** Sizes that depend on the host. */
export interface MapSizes {
  /** Bytes, a power of two: what is recorded and not read yet. */
  ring: number;
  /** Entries: about twice the processes that run. */
  procs: number;
}
