import { readFileSync } from 'node:fs';

/** The weaker first. A container's root often has the second alone. */
const passing = [
  { name: 'dac_read_search', bit: 2n },
  { name: 'dac_override', bit: 1n },
];

/**
 * The capability of ours with which another user may pass through folders that are closed to it,
 * named as setpriv(1) does; numbers from linux/capability.h. `status` is /proc/self/status, proc(5).
 */
export function passingCapability(status = readFileSync('/proc/self/status', 'utf8')): string {
  const permitted = BigInt(`0x${/^CapPrm:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  const found = passing.find(({ bit }) => (permitted >> bit) & 1n);
  if (found) return found.name;
  throw new Error(
    'Postgres cannot reach its data through a folder that is closed to others, for this root has ' +
      'neither CAP_DAC_READ_SEARCH nor CAP_DAC_OVERRIDE: put the project and CORONER_STATE_DIR ' +
      'below folders that are open (chmod o+x), or set DATABASE_URL',
  );
}
