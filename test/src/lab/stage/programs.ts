import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = {
  victim: 'victim/victim.c',
  sender: 'sender.c',
  bond: 'bond.c',
  terminal: 'terminal.c',
  bpfSender: 'bpf-sender.c',
} as const;
type Program = keyof typeof sources;

const forEverybody = 0o755;

/** The laboratory's C programs, compiled into a directory of their own. */
export interface Programs {
  folder: string;
  path(program: Program): string;
  /** A program under a name of its own, so that no other process of the host is meant. */
  named(program: Program, name: string): string;
  /** A program of the host under a name of its own. */
  hostProgram(path: string, name: string): string;
  remove(): void;
}

/** A file of the folder `programs`, wherever this was compiled to. */
export const sourceOf = (name: string): string =>
  fileURLToPath(new URL(`../../../src/lab/programs/${name}`, import.meta.url));

/** Needs gcc. */
export function compilePrograms(): Programs {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-lab-'));
  chmodSync(folder, forEverybody);
  const path = (program: Program): string => join(folder, program);
  const libraries = ['-lpthread', '-lutil', '-lrt'];
  for (const [program, source] of Object.entries(sources))
    execFileSync('gcc', ['-O1', '-w', '-o', join(folder, program), sourceOf(source), ...libraries]);
  return {
    folder,
    path,
    named(program, name) {
      const named = join(folder, name);
      linkSync(path(program), named);
      return named;
    },
    hostProgram(program, name) {
      const named = join(folder, name);
      symlinkSync(program, named);
      return named;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
