import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The agent beside this package, as in the repository; else the one that the system has. */
const besideUs = fileURLToPath(new URL('../../../../agent/bin/coroner-agent.js', import.meta.url));

/**
 * The events of a file, as `coroner-agent read` prints them: its readers know the formats and
 * redact, and it is another program. Its own complaints go to our standard error. Ends with an
 * Error when the agent cannot be run or does not take the file.
 */
export async function* readEvents(words: readonly string[]): AsyncGenerator<unknown> {
  const [program, ...before] = existsSync(besideUs)
    ? [process.execPath, besideUs]
    : ['coroner-agent'];
  const child = spawn(program ?? '', [...before, 'read', ...words], {
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  const ended = new Promise<string | null>((resolve) => {
    child.once('error', (error) => resolve(`coroner-agent cannot be run: ${error.message}`));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? null : `coroner-agent read ended with ${code ?? signal}`),
    );
  });
  try {
    for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity }))
      if (line !== '') yield JSON.parse(line);
    const trouble = await ended;
    if (trouble !== null) throw new Error(trouble);
  } finally {
    child.kill();
  }
}
