import { execFileSync } from 'node:child_process';
import { linkSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = ['victim', 'sender', 'bond', 'terminal'] as const;
type Program = (typeof sources)[number];

/** The laboratory's C programs, compiled into a directory of their own. */
export interface Programs {
  path(program: Program): string;
  /** The victim under a name of its own, so that no other process of the host is meant. */
  victimNamed(name: string): string;
  remove(): void;
}

/** Needs gcc. */
export function compilePrograms(): Programs {
  const directory = mkdtempSync(join(tmpdir(), 'coroner-lab-'));
  const source = (program: Program): string =>
    fileURLToPath(new URL(`../../src/lab/programs/${program}.c`, import.meta.url));
  const path = (program: Program): string => join(directory, program);
  for (const program of sources)
    execFileSync('gcc', [
      '-O1',
      '-w',
      '-o',
      path(program),
      source(program),
      '-lpthread',
      '-lutil',
      '-lrt',
    ]);
  return {
    path,
    victimNamed(name) {
      const named = join(directory, name);
      linkSync(path('victim'), named);
      return named;
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
