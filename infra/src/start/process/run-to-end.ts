import { type Launch, launch } from './launch.ts';
import { onLines } from './lines.ts';

const keptLines = 20;

/**
 * Runs a program to its end, with `input` on its standard input. `stop` ends it, and all that it
 * started, before its time. Throws with its last lines when it fails or is ended.
 */
export async function runToEnd(how: Launch, stop: AbortSignal, input = ''): Promise<void> {
  stop.throwIfAborted();
  const child = launch(how, input !== '');
  const endGroup = () => {
    try {
      if (child.pid) process.kill(-child.pid, how.stopSignal);
    } catch {
      // It has ended by itself.
    }
  };
  stop.addEventListener('abort', endGroup, { once: true });
  const lines: string[] = [];
  const keep = (line: string) => {
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
  };
  for (const stream of [child.stdout, child.stderr]) if (stream) onLines(stream, keep);
  child.stdin?.end(input);
  const end = await new Promise<string | number | null>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // Nobody of the group holds its output any more, and so nobody writes.
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  stop.removeEventListener('abort', endGroup);
  stop.throwIfAborted();
  if (end === 0) return;
  throw new Error(`${how.command} ended with ${end}:\n${lines.join('\n')}`);
}
