import { basename } from 'node:path';
import type { DeathEvent } from '@coroner/schema/event/death';
import type { Process } from '@coroner/schema/process';
import { matcher } from '../../globs.ts';
import { workloadOf } from '../../identity/workload.ts';

const askedToStop: ReadonlySet<string> = new Set([
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGTERM',
  'SIGABRT',
  'SIGKILL',
]);

/** What a watch list looks at; what is not known matches nothing. */
export type Watchable = Pick<Process, 'comm' | 'exe' | 'cmdline' | 'cgroup'>;

const unitPrefix = 'unit:';
const cgroupPrefix = 'cgroup:';
const service = '.service';

/**
 * Whether a process is on the watch list: `unit:GLOB` by its systemd unit (`.service` may be left
 * out), `cgroup:GLOB` by its cgroup's path, else by name: comm, the executable's or argv[0]'s base name.
 */
export function watchList(items: readonly string[]): (process: Watchable) => boolean {
  const after = (prefix: string) =>
    items.filter((item) => item.startsWith(prefix)).map((item) => item.slice(prefix.length));
  const byUnit = matcher(after(unitPrefix));
  const byCgroup = matcher(after(cgroupPrefix));
  const byName = matcher(
    items.filter((item) => !item.startsWith(unitPrefix) && !item.startsWith(cgroupPrefix)),
  );
  return (process) =>
    byName(namesOf(process)) || byUnit(unitsOf(process)) || byCgroup(pathsOf(process));
}

function namesOf({ comm, exe, cmdline }: Watchable): string[] {
  return [comm, exe, cmdline?.[0]].flatMap((name) => (name ? [basename(name)] : []));
}

function unitsOf({ cgroup }: Watchable): string[] {
  const unit = cgroup ? workloadOf(cgroup).unit : null;
  if (unit === null) return [];
  return unit.endsWith(service) ? [unit, unit.slice(0, -service.length)] : [unit];
}

const pathsOf = ({ cgroup }: Watchable): string[] => (cgroup ? [cgroup] : []);

/** A short life that ended by itself, unasked: what the kernel only counts when nothing is watched. */
export function isUneventful(death: DeathEvent, shortLivedMs: number): boolean {
  if (death.exit.signal !== null || (death.lifetimeMs ?? 0) >= shortLivedMs) return false;
  return !death.signals.some(({ signal }) => askedToStop.has(signal));
}
