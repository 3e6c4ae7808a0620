import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A user with a home of their own, passwd(5). */
export interface Home {
  readonly user: string;
  readonly uid: number;
  readonly folder: string;
}

/** Below a home: what bash, zsh, ksh, ash, tcsh and fish write. */
const files = [
  '.bash_history',
  '.zsh_history',
  '.zhistory',
  '.sh_history',
  '.ksh_history',
  '.ash_history',
  '.history',
  '.local/share/fish/fish_history',
];
/** Below this uid are those of services; root is a person. */
const firstPersonUid = 1000;
const nobodyUid = 65_534;

export function homesOf(root: string): Home[] {
  try {
    return readFileSync(join(root, 'etc/passwd'), 'utf8')
      .split('\n')
      .flatMap((line) => homeOf(line, root) ?? []);
  } catch {
    // A host without local users.
    return [];
  }
}

function homeOf(line: string, root: string): Home | null {
  const [user, , uidText, , , home] = line.split(':');
  const uid = Number(uidText);
  if (!user || !home?.startsWith('/') || home === '/' || !/^\d+$/.test(uidText ?? '')) return null;
  const isPerson = uid === 0 || (uid >= firstPersonUid && uid !== nobodyUid);
  return isPerson ? { user, uid, folder: join(root, home) } : null;
}

/** Paths of histories that a home may have. */
export const historiesOf = ({ folder }: Home): string[] => files.map((file) => join(folder, file));
