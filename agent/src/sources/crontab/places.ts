import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isAtJob } from './at-job.ts';
import { isPart, partsFolders } from './parts.ts';
import { timerFiles, unitFolders } from './timers.ts';

/** A crontab of this host, a job of at, a timer, or a script that run-parts runs. */
export interface Place {
  readonly path: string;
  readonly form: 'system' | 'user' | 'anacron' | 'at' | 'timer' | 'part';
}

/** Debian's cron reads only such names in /etc/cron.d; cronie all but these leftovers. */
const debianName = /^[A-Za-z0-9_-]+$/;
const leftover = /^[.#]|~$|\.rpm(?:save|orig|new)$/;
const temporary = /^tmp\.|^cron\.update$/;

/** Folders of crontabs of users: Debian, Red Hat and SUSE, Alpine. */
const userFolders = [
  '/var/spool/cron/crontabs',
  '/var/spool/cron/tabs',
  '/var/spool/cron',
  '/etc/crontabs',
];

/** Whether crontabs of users lie there, each under the name of its user. */
export const isUserFolder = (folder: string, root: string): boolean =>
  userFolders.some((one) => join(root, one) === folder);

/** Jobs of at(1): Debian, Red Hat. */
const atFolders = ['/var/spool/cron/atjobs', '/var/spool/at'];

/** Folders whose changes matter. */
export function crontabFolders(root: string): string[] {
  const watched = ['/etc', '/etc/cron.d', ...userFolders, ...atFolders, ...unitFolders];
  return [...watched.map((folder) => join(root, folder)), ...partsFolders(root)];
}

/** Every crontab that cron reads on this host, below `root` (`/` but for tests). */
export function crontabPlaces(root: string): Place[] {
  const isDebian = existsSync(join(root, '/etc/debian_version'));
  const isRead = (name: string): boolean =>
    isDebian ? debianName.test(name) : !leftover.test(name);
  const system = filesIn(join(root, '/etc/cron.d')).filter(({ name }) => isRead(name));
  const own = userFolders.flatMap((folder) => filesIn(join(root, folder)));
  return [
    { path: join(root, '/etc/crontab'), form: 'system' as const },
    ...system.map(({ path }) => ({ path, form: 'system' as const })),
    ...own
      .filter(({ name }) => !leftover.test(name) && !temporary.test(name) && !isAtJob(name))
      .map(({ path }) => ({ path, form: 'user' as const })),
    { path: join(root, '/etc/anacrontab'), form: 'anacron' as const },
    ...atFolders
      .flatMap((folder) => filesIn(join(root, folder)))
      .filter(({ name }) => isAtJob(name))
      .map(({ path }) => ({ path, form: 'at' as const })),
    ...timerFiles(root).map((path) => ({ path, form: 'timer' as const })),
    // Behind the lines that run them.
    ...partsFolders(root)
      .flatMap(filesIn)
      .filter(({ name, path }) => isRead(name) && isPart(path))
      .map(({ path }) => ({ path, form: 'part' as const })),
  ];
}

function filesIn(folder: string): { name: string; path: string }[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() || entry.isSymbolicLink())
      .map(({ name }) => ({ name, path: join(folder, name) }));
  } catch {
    // This distribution keeps them elsewhere, or they are not ours to read: the status tells.
    return [];
  }
}
