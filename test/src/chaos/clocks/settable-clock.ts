import { chmodSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A wall clock that can be set for some processes alone, by Debian's libfaketime: CLOCK_REALTIME has no
 * namespace. As in clock_settime(2) the time since boot goes on, and so do the kernel's own clocks.
 */
export interface SettableClock {
  /** What a process that lives by it has to be started with. */
  environment: Record<string, string>;
  /** Sets it to what the machine's clock says and so much more. */
  set(byMs: number): void;
  nowMs(): number;
  remove(): void;
}

const msPerSecond = 1000;

export function settableClock(): SettableClock {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-clock-'));
  // Postgres does not run as root.
  chmodSync(folder, 0o755);
  const path = join(folder, 'offset');
  let offsetMs = 0;
  const set = (byMs: number): void => {
    offsetMs = byMs;
    const seconds = byMs / msPerSecond;
    writeFileSync(`${path}.new`, `${seconds < 0 ? '' : '+'}${seconds}`);
    // It is read at every look at the clock, and must never be half written.
    renameSync(`${path}.new`, path);
  };
  set(0);
  return {
    environment: {
      LD_PRELOAD: library(),
      FAKETIME_TIMESTAMP_FILE: path,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DISABLE_SHM: '1',
      NO_FAKE_STAT: '1',
    },
    set,
    nowMs: () => Date.now() + offsetMs,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Of Debian's package: /usr/lib/TRIPLET/faketime. */
function library(): string {
  for (const triplet of readdirSync('/usr/lib')) {
    if (!triplet.includes('-linux-')) continue;
    const folder = join('/usr/lib', triplet, 'faketime');
    const file = namesIn(folder).find((name) => name.startsWith('libfaketimeMT.so'));
    if (file) return join(folder, file);
  }
  throw new Error('libfaketime is missing: apt-get install libfaketime');
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // No such package for this architecture.
    return [];
  }
}
