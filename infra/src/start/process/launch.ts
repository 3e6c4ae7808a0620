import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { passingCapability } from './capability.ts';

/** How a part is run. Secrets go into `env`, never into `args`, which everybody can read. */
export interface Launch {
  command: string;
  args: string[];
  env: Record<string, string>;
  cwd?: string;
  /** Another user to run as; needs root. */
  user?: { uid: number; gid: number; mayReadEverywhere: boolean };
  stopSignal: 'SIGTERM' | 'SIGINT';
}

/** setpriv(1) of util-linux, where it is there. */
export const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));

/**
 * Starts the process in a session of its own, so that Ctrl-C reaches us alone and we stop the parts
 * in order. setpriv(1) makes the kernel send the stop signal should we be killed ourselves.
 */
export function launch(how: Launch, withInput = false): ChildProcess {
  const { command, args, env, cwd, user, stopSignal } = how;
  const options: SpawnOptions = {
    env,
    cwd: cwd ?? '/',
    detached: true,
    stdio: [withInput ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  };
  if (!setpriv) {
    const ids = user ? { uid: user.uid, gid: user.gid } : {};
    return spawn(command, args, { ...options, ...ids });
  }
  const as = user ? ['--reuid', `${user.uid}`, '--regid', `${user.gid}`, '--clear-groups'] : [];
  // A folder that is closed to others lies above: passing it takes a capability, and access(2)
  // heeds that only with no_setuid_fixup, capabilities(7).
  const pass = user?.mayReadEverywhere ? passingCapability() : null;
  const read = pass
    ? ['--securebits', '+no_setuid_fixup', '--inh-caps', `+${pass}`, '--ambient-caps', `+${pass}`]
    : [];
  const death = ['--pdeathsig', stopSignal.replace('SIG', '')];
  return spawn(setpriv, [...as, ...read, ...death, '--', command, ...args], options);
}
