import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Programs {
  victim: string;
  sender: string;
  folder: string;
  remove(): void;
}

/** Compiles the C programs of fixtures/ into a folder of their own. */
export function compilePrograms(): Programs {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-probe-'));
  const compile = (name: string): string => {
    const source = fileURLToPath(new URL(`./fixtures/${name}.c`, import.meta.url));
    const program = join(folder, name);
    execFileSync('gcc', ['-O1', '-Wall', '-Werror', '-pthread', source, '-o', program, '-lutil']);
    return program;
  };
  return {
    victim: compile('victim'),
    sender: compile('sender'),
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
