import type { Ancestor, Process } from '../../process.ts';

/** The process and those above it, nearest first: an origin is often the process itself. */
export function lineage(process: Process): Ancestor[] {
  return [process, ...process.ancestry];
}

/** Kernel names are cut at 15 bytes, and some daemons retitle themselves `sshd-session`, `(cron)`. */
export function isNamed(ancestor: Ancestor, names: ReadonlySet<string>): boolean {
  return names.has(ancestor.comm.replace(/^\(|\)$/g, ''));
}

/** One instant by both clocks. */
export interface Reference {
  at: string | null;
  bootUs?: number | null | undefined;
}

const usPerMs = 1000;

/** When an ancestor started, as ISO time, given one instant on both clocks; null when unknown. */
export function startedAt(ancestor: Ancestor, reference: Reference): string | null {
  if (typeof ancestor.startUs !== 'number') return null;
  if (reference.at === null || typeof reference.bootUs !== 'number') return null;
  const agoMs = (reference.bootUs - ancestor.startUs) / usPerMs;
  return new Date(Date.parse(reference.at) - agoMs).toISOString();
}
