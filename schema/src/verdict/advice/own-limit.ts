import type { Cause } from '../../cause.ts';
import type { Facts } from '../facts/facts.ts';
import { printable } from '../words/printable.ts';

/** Which limit to raise and where, getrlimit(2) and systemd.exec(5); null where nobody is known to set it. */
export function ownLimit({ victim, death, signal }: Facts, cause: Cause): string | null {
  if (cause !== 'resource-limit' || !signal) return null;
  const isFileSize = signal.signal === 'SIGXFSZ';
  const unit = victim.unit?.endsWith('.service') ? printable(victim.unit) : null;
  const now = isFileSize || death.cpuLimitS == null ? '' : ` (${death.cpuLimitS} s now)`;
  if (unit !== null && !unit.startsWith('user@'))
    return `Raise ${isFileSize ? 'LimitFSIZE' : 'LimitCPU'}= in ${unit}${now}.`;
  const [parent] = victim.ancestry;
  if (!parent) return null;
  return `Raise \`ulimit ${isFileSize ? '-f' : '-t'}\`${now} where ${printable(parent.comm)} (pid ${parent.pid}) starts it.`;
}
