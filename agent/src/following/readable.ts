import { accessSync, constants, existsSync } from 'node:fs';

/** Which of the files are there, and which of these may not be read. */
export function presence(paths: readonly string[]): { there: string[]; closed: string[] } {
  const there = paths.filter((path) => existsSync(path));
  return { there, closed: there.filter((path) => !isReadable(path)) };
}

export function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
