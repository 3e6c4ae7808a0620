import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../config.ts';

/**
 * The bot's conversation on this terminal. Calls `onEnd` when the person ends it (exit, Ctrl-D,
 * Ctrl-C), not when it breaks by itself.
 */
export function converse(env: Record<string, string>, onEnd: () => void): ChildProcess {
  const child = spawn(process.execPath, [join(projectRoot, 'bot/bin/coroner.js'), 'ask'], {
    env,
    stdio: 'inherit',
  });
  child.once('exit', (code, signal) => {
    if (signal === null && code !== null) onEnd();
  });
  return child;
}
