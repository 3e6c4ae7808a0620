import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { signalName } from '@coroner/schema/signal';
import type { RawEvent } from '../../source.ts';
import type { Reading } from './reading.ts';

/** `core.COMM.UID.BOOT_ID.PID.MICROSECONDS`, since systemd 215; some versions left out the microseconds. */
const nameOfCore =
  /^core\.(.+)\.(\d{1,10})\.([0-9a-f]{32})\.(\d{1,10})\.(\d{10,16})(?:\.(?:zst|lz4|xz))?$/;
const microsDigits = 16;
const commBytes = 15;

/**
 * The cores that systemd-coredump(8) keeps in `folder`, as it wrote them: who in the name, by which
 * signal in extended attributes.
 */
export async function readCoredumps(folder: string, reading: Reading): Promise<void> {
  const { attributeOf } = await import('./xattr.ts');
  for (const name of readdirSync(folder).sort()) {
    const event = coreOf(name, (attribute) =>
      attributeOf(join(folder, name), `user.coredump.${attribute}`),
    );
    if (!event) continue;
    reading.take(event);
    await reading.step(0, 0);
  }
}

/** What the file of a core says by its name and attributes; null when it is none. */
export function coreOf(name: string, attribute: (name: string) => string | null): RawEvent | null {
  const [, comm, uid, , pid, time] = nameOfCore.exec(name) ?? [];
  if (comm === undefined || time === undefined) return null;
  const atMs = Number(time.padEnd(microsDigits, '0')) / 1000;
  const signal = Number(attribute('signal') ?? Number.NaN);
  return {
    kind: 'coredump',
    source: 'coredump',
    at: new Date(atMs).toISOString(),
    pid: Number(pid),
    comm: attribute('comm') ?? unescaped(comm).slice(0, commBytes),
    exe: attribute('exe'),
    uid: Number(uid),
    signal: Number.isInteger(signal) && signal > 0 ? signalName(signal) : null,
  };
}

/** systemd writes `.`, `/` and blanks in names as `\x2e`. */
function unescaped(text: string): string {
  return text.replace(/\\x([0-9a-f]{2})/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
