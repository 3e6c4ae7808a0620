import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../config.ts';
import { setpriv } from '../process/launch.ts';

export interface Conversation {
  /** Ends it from outside; resolves when its process is gone. */
  stop(): Promise<void>;
  /** At once and by force. */
  kill(): void;
}

/**
 * The bot's conversation on this terminal. Calls `onEnd` when the person ends it (exit, Ctrl-D,
 * Ctrl-C), not when it breaks by itself or is stopped. The kernel ends it should we be killed.
 */
export function converse(env: Record<string, string>, onEnd: () => void): Conversation {
  const ask = [process.execPath, join(projectRoot, 'bot/bin/coroner.js'), 'ask'];
  const [command = '', ...args] = setpriv ? [setpriv, '--pdeathsig', 'TERM', '--', ...ask] : ask;
  const child = spawn(command, args, { env, stdio: 'inherit' });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve();
      if (signal === null && code !== null) onEnd();
    });
    child.once('error', () => resolve());
  });
  return {
    stop() {
      child.kill('SIGTERM');
      return gone;
    },
    kill: () => child.kill('SIGKILL'),
  };
}
