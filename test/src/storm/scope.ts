import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { until } from '../stack/until.ts';

/** A pid namespace of its own, so that of this whole host only its processes are looked at. */
export interface Scope {
  /** Inode of the namespace. */
  inode: number;
  /** A command in it, as words before the command. */
  into: readonly [command: string, ...args: string[]];
  /** Ends all that runs in it. */
  end(): Promise<void>;
}

const namespace = ['--pid', '--fork', '--kill-child', 'sleep', 'infinity'];

export async function openScope(): Promise<Scope> {
  const outer: ChildProcess = spawn('unshare', namespace, { stdio: 'ignore' });
  const ended = once(outer, 'exit');
  const init = await until('the namespace has an init', () => {
    if (outer.exitCode !== null) throw new Error('unshare --pid failed: root is needed');
    const children = `/proc/${outer.pid}/task/${outer.pid}/children`;
    return Number(readFileSync(children, 'utf8').trim()) || null;
  });
  return {
    inode: statSync(`/proc/${init}/ns/pid`).ino,
    into: ['nsenter', '--target', `${init}`, '--pid', '--'],
    async end() {
      outer.kill('SIGKILL');
      await ended;
    },
  };
}
