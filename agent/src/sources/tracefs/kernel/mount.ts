import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const folders = ['/sys/kernel/tracing', '/sys/kernel/debug/tracing'] as const;
const isThere = (folder: string): boolean => existsSync(`${folder}/events`);

/** Where tracefs is mounted; null where it is not. Before Linux 4.1 it is a part of debugfs. */
export function tracingFolder(): string | null {
  return folders.find(isThere) ?? null;
}

/** The folder of tracefs, mounted when it was not. Throws with what to do when that fails. */
export function mountedTracing(): string {
  const there = tracingFolder();
  if (there) return there;
  const [tracefs] = folders;
  const failures: string[] = [];
  for (const [type, path, folder] of [
    ['tracefs', tracefs, tracefs],
    ['debugfs', '/sys/kernel/debug', folders[1]],
  ] as const) {
    try {
      execFileSync('mount', ['-t', type, type, path], { stdio: 'pipe' });
      if (isThere(folder)) return folder;
    } catch (error) {
      failures.push((error as Error).message.trim());
    }
  }
  throw new Error(
    `tracefs cannot be mounted on ${tracefs}: ${failures.join('; ')}; mount it, or run the agent as root`,
  );
}
