import { renameSync, rmSync, writeFileSync } from 'node:fs';

const ownerOnly = 0o600;

/** Replaces a file as a whole: a reader sees the old text or the new one. Mode 0600. */
export function replaceFile(path: string, text: string): void {
  const fresh = `${path}.${process.pid}`;
  rmSync(fresh, { force: true });
  writeFileSync(fresh, text, { mode: ownerOnly, flag: 'wx' });
  renameSync(fresh, path);
}
