import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Process } from '@coroner/schema/process';
import { z } from 'zod';
import type { Job } from './job.ts';
import type { Table } from './table.ts';

/** A line as it was told, and since when it stands there. */
export interface Told {
  readonly job: Job;
  readonly since: string;
  /** It was seen to come; by whom, where that is known. */
  readonly isChange?: boolean;
  readonly by?: Process;
}

/** The lines of each crontab that were told last. */
export type Memory = Map<string, { version: string; told: Told[] }>;

const Stored = z.array(
  z.tuple([
    z.string(),
    z.object({
      version: z.string(),
      told: z.array(
        z.object({
          since: z.string(),
          job: z.custom<Job>((job) => typeof job === 'object'),
          isChange: z.boolean().exactOptional(),
          by: Process.exactOptional(),
        }),
      ),
    }),
  ]),
);

/** What the last run told; nothing when there was none, or its file is damaged: then all is told again. */
export function loadMemory(path: string | null): Memory {
  if (path === null) return new Map();
  try {
    return new Map(Stored.parse(JSON.parse(readFileSync(path, 'utf8'))));
  } catch {
    return new Map();
  }
}

/** Written in one piece. Holds command lines with what secrets they have, so for the agent's user alone. */
export function saveMemory(path: string | null, memory: Memory): void {
  if (path === null) return;
  writeFileSync(`${path}.new`, JSON.stringify([...memory]), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/**
 * Which lines of a crontab are new, gone, and still as they were; null stands for no file. `change`
 * is what is known of those that are new.
 */
export function compare(
  before: readonly Told[],
  table: Table | null,
  change: Pick<Told, 'isChange' | 'by'>,
) {
  const old = new Map(before.map((told) => [identity(told.job), told]));
  const now = (table?.jobs ?? []).map((job): Told => {
    const known = old.get(identity(job));
    old.delete(identity(job));
    return known ?? { job, since: table?.changedAt ?? '', ...change };
  });
  const known = new Set(before);
  return { now, added: now.filter((told) => !known.has(told)), removed: [...old.values()] };
}

export function identity({ file, line, user, schedule, command, stdin, timeZone }: Job): string {
  return JSON.stringify([file, line, user, schedule, command, stdin ?? '', timeZone ?? '']);
}
