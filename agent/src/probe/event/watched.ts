import { basename } from 'node:path';
import type { DeathEvent } from '@coroner/schema/event/death';

const askedToStop: ReadonlySet<string> = new Set([
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGTERM',
  'SIGABRT',
  'SIGKILL',
]);

/** Whether a process has one of the watched names: comm, the executable's or argv[0]'s base name. */
export function watchedNames(globs: readonly string[]): (death: DeathEvent) => boolean {
  const patterns = globs.map(toPattern);
  return ({ victim }) => {
    const names = [victim.comm, victim.exe, victim.cmdline?.[0]].flatMap((name) =>
      name ? [basename(name)] : [],
    );
    return patterns.some((pattern) => names.some((name) => pattern.test(name)));
  };
}

/** `*` any characters, `?` one; everything else stands for itself. */
function toPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}

/** A short life that ended by itself, unasked: what the kernel only counts when nothing is watched. */
export function isUneventful(death: DeathEvent, shortLivedMs: number): boolean {
  if (death.exit.signal !== null || (death.lifetimeMs ?? 0) >= shortLivedMs) return false;
  return !death.signals.some(({ signal }) => askedToStop.has(signal));
}
