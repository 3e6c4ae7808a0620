import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';

/** A user of this host for the time of a test. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
  home: string;
  remove(): void;
}

export function account(name: string, home: string): Account {
  mkdirSync(home, { recursive: true });
  const run = (command: string, args: string[]): string =>
    execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  run('useradd', ['--no-create-home', '--home-dir', home, '--shell', '/bin/bash', name]);
  const ids = { uid: Number(run('id', ['-u', name])), gid: Number(run('id', ['-g', name])) };
  run('chown', [`${ids.uid}:${ids.gid}`, home]);
  return {
    name,
    ...ids,
    home,
    remove() {
      run('userdel', ['--force', name]);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
