import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A crontab of this host, and in which form it is written. */
export interface Place {
  readonly path: string;
  readonly form: 'system' | 'user' | 'anacron';
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

/** Folders whose changes matter. */
export function crontabFolders(root: string): string[] {
  return ['/etc', '/etc/cron.d', ...userFolders].map((folder) => join(root, folder));
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
      .filter(({ name }) => !leftover.test(name) && !temporary.test(name))
      .map(({ path }) => ({ path, form: 'user' as const })),
    { path: join(root, '/etc/anacrontab'), form: 'anacron' as const },
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
