import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Starts a program and waits for its first line. */
export async function startUp(
  command: string,
  args: readonly string[],
  options: { argv0?: string; cwd?: string } = {},
): Promise<{ child: ChildProcess; pid: number; line: string }> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
  const [chunk] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { child, pid: child.pid as number, line: chunk.toString().trim() };
}

/** Runs a program to its end; its pid, output and exit code. */
export async function runThrough(
  command: string,
  args: readonly string[],
): Promise<{ pid: number; output: string; code: number | null }> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { pid: child.pid as number, output: output.trim(), code };
}
