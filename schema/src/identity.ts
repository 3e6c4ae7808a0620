import { createHash } from 'node:crypto';

const idLength = 32;

/** An id that depends on `parts` alone: 32 hex digits of SHA-256 over the parts, each ended by a NUL. */
export function stableId(...parts: readonly (string | number)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part}\0`);
  return hash.digest('hex').slice(0, idLength);
}

/** Identity of a death: the process it ended. `startUs` is CLOCK_BOOTTIME at its start, in µs. */
export function deathId(host: string, bootId: string, pid: number, startUs: number): string {
  return stableId('death', host, bootId, pid, startUs);
}
