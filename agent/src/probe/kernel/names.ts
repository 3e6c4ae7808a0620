/** Maps whose content outlives the agent, as agent/probe/maps.h names them. */
export const mapNames = [
  'ring',
  'pending',
  'actors',
  'procs',
  'ended',
  'misses',
  'room',
  'capacity',
  'counters',
  'reported',
] as const;
export type MapName = (typeof mapNames)[number];
export type MapFds = Record<MapName, number>;

/** The map that says which generation records. It is the same for all layouts, so not among the others. */
export const activeMapName = 'active';

/** Programs in the order in which they are attached: senders before ends. */
export const programNames = ['on_exec', 'on_signal', 'on_refused', 'on_exit'] as const;
type ProgramName = (typeof programNames)[number];

/** Those that a kernel without BPF trampolines, or without the function, does not have. */
export const optionalPrograms: readonly ProgramName[] = ['on_refused'];

/** Sizes that depend on the host: of the ring in bytes, a power of two; of the others in entries. */
export type MapSizes = Pick<MapFds, 'ring' | 'pending' | 'actors' | 'procs' | 'ended' | 'misses'>;
