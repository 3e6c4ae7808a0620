import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { stableId } from '@coroner/schema/identity';
import { bootWallUs, isoMicros } from '../../clock.ts';
import type { Host } from '../../host.ts';
import type { Emit } from '../../source.ts';
import { type PreviousBoot, previousEnd } from './previous-end.ts';

/** The boot that was last seen on this host; null when no agent ran here. */
export function lastBoot(path: string | null): PreviousBoot | null {
  if (path === null) return null;
  try {
    const { bootId, seenAt } = JSON.parse(readFileSync(path, 'utf8')) as PreviousBoot;
    return typeof bootId === 'string' && typeof seenAt === 'string' ? { bootId, seenAt } : null;
  } catch {
    // No agent ran here yet, or the host crashed while it was written.
    return null;
  }
}

/** Notes that this boot lives; a full disk leaves the older note. */
export function noteBoot(path: string | null, bootId: string): void {
  if (path === null) return;
  try {
    writeFileSync(`${path}.new`, JSON.stringify({ bootId, seenAt: new Date().toISOString() }));
    renameSync(`${path}.new`, path);
  } catch {
    // Then the last sign of life is an older one.
  }
}

/** Tells of this boot, once, and how the one before it ended. */
export async function tellBoot(
  { name, bootId, kernel }: Host,
  previous: PreviousBoot | null,
  root: string,
  emit: Emit,
): Promise<void> {
  if (previous?.bootId === bootId) return;
  const ended = previous && (await previousEnd(previous, root, name));
  for (const event of ended?.events ?? []) emit({ ...event, backfilled: true });
  emit({
    kind: 'boot',
    source: 'agent',
    id: stableId('boot', name, bootId),
    at: isoMicros(bootWallUs()),
    bootUs: 0,
    bootId,
    kernel,
    ...(previous && ended
      ? {
          previousBootId: previous.bootId,
          previousSeenAt: previous.seenAt,
          previousEnd: ended.end,
          text: ended.text,
        }
      : {}),
  });
}
