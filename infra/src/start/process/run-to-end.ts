import { type Launch, launch } from './launch.ts';
import { onLines } from './lines.ts';

const keptLines = 20;

/** Runs a program to its end, with `input` on its standard input. Throws with its last lines when it fails. */
export async function runToEnd(how: Launch, input = ''): Promise<void> {
  const child = launch(how, input !== '');
  const lines: string[] = [];
  const keep = (line: string) => {
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
  };
  for (const stream of [child.stdout, child.stderr]) if (stream) onLines(stream, keep);
  child.stdin?.end(input);
  const end = await new Promise<string | number | null>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  if (end === 0) return;
  throw new Error(`${how.command} ended with ${end}:\n${lines.join('\n')}`);
}
