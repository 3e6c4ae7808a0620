import { join } from 'node:path';
import { projectRoot } from '../config.ts';
import type { Part } from '../process/supervise.ts';

/** A part of ours: logs JSON lines and says "ready" when it is. */
export function nodePart(
  name: string,
  program: string,
  args: string[],
  env: Record<string, string>,
): Part {
  return {
    name,
    launch: {
      command: process.execPath,
      args: [join(projectRoot, program), ...args],
      env,
      cwd: projectRoot,
      stopSignal: 'SIGTERM',
    },
    isReady: (line) => line.includes('"ready"') && message(line) === 'ready',
  };
}

function message(line: string): unknown {
  try {
    return (JSON.parse(line) as { msg?: unknown }).msg;
  } catch {
    // Not a log line: a stack, or a warning of Node.
    return null;
  }
}
