import { appendFileSync, chmodSync, existsSync, renameSync, statSync } from 'node:fs';

const maxLogBytes = 10 * 1024 * 1024;
const ownerOnly = 0o600;

/** A log of bounded size: when it is full it becomes `PATH.1`, and the `.1` before it goes. */
export function logFile(path: string): (text: string) => void {
  let bytes = existsSync(path) ? statSync(path).size : 0;
  if (bytes > 0) chmodSync(path, ownerOnly);
  return (text) => {
    if (bytes > maxLogBytes) {
      renameSync(path, `${path}.1`);
      bytes = 0;
    }
    appendFileSync(path, text, { mode: ownerOnly });
    bytes += Buffer.byteLength(text);
  };
}
