import type { Cause } from '../../cause.ts';
import type { Facts } from '../facts/facts.ts';
import { near } from '../facts/nearby.ts';

const withinMs = 60_000;

/** Where its core is: only where systemd-coredump told that it took one of this process. */
export function coreDump({ evidence, death, victim }: Facts, cause: Cause): string | null {
  if (cause !== 'crash' && cause !== 'abort') return null;
  const core = near(evidence, 'coredump', death, withinMs).find(({ pid }) => pid === victim.pid);
  return core ? `Its core was kept: \`coredumpctl debug ${victim.pid}\` on that host.` : null;
}
