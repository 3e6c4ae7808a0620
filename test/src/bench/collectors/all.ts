import { auditd } from './auditd.ts';
import type { Collector, Running } from './collector.ts';
import { coroner } from './coroner.ts';
import { peers } from './peers.ts';
import { tracefs } from './tracefs.ts';

/** Coroner first. */
export const collectors = (agent: string): Collector[] => [
  coroner(agent),
  ...peers,
  auditd,
  tracefs,
];

/** What cannot run here, and why: it is told, and has no figures. */
export type Missing = Map<string, string>;

/** Starts a collector unless it failed before; null when it cannot run. */
export async function startOr(missing: Missing, collector: Collector): Promise<Running | null> {
  if (missing.has(collector.name)) return null;
  try {
    return await collector.start();
  } catch (error) {
    missing.set(collector.name, (error as Error).message.replaceAll('\n', ' '));
    return null;
  }
}

export const missingNotes = (missing: Missing): string[] =>
  [...missing].map(([name, why]) => `- ${name} cannot run here: ${why}`);
