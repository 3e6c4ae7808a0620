import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const name = 'postgres';

export interface PostgresUser {
  uid: number;
  gid: number;
}

/**
 * Postgres refuses to run as root. As root: the user `postgres`, made when there is none;
 * otherwise null, for we run it ourselves.
 */
export function postgresUser(): PostgresUser | null {
  if (process.getuid?.() !== 0) return null;
  const there = lookUp();
  if (there) return there;
  execFileSync('groupadd', ['--force', '--system', name]);
  const shell = ['--shell', '/usr/sbin/nologin', '--home-dir', '/nonexistent'];
  execFileSync('useradd', ['--system', '--gid', name, '--no-create-home', ...shell, name]);
  const made = lookUp();
  if (!made) throw new Error(`the user ${name} was made and is not in /etc/passwd`);
  return made;
}

function lookUp(): PostgresUser | null {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [user, , uid, gid] = line.split(':');
    if (user === name) return { uid: Number(uid), gid: Number(gid) };
  }
  return null;
}
