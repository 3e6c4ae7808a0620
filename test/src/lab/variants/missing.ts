import { existsSync } from 'node:fs';
import { type Cause, causes } from '@coroner/schema/cause';
import type { Variant } from '../variant.ts';

/** What no machine of the laboratory may be made to do, and why. */
const never: Readonly<Partial<Record<Cause, string>>> = {
  'oom-host': 'the whole host would have to run out of memory, and the kernel might choose anybody',
  'host-crash': 'the host would have to crash, and the laboratory with it',
};

const kernelNeeds: readonly { cause: Cause; what: string; there: () => boolean }[] = [
  {
    cause: 'hardware-memory',
    what: 'MADV_HWPOISON (CONFIG_MEMORY_FAILURE)',
    there: () => existsSync('/proc/sys/vm/memory_failure_recovery'),
  },
  {
    cause: 'sysrq',
    what: 'sysrq (CONFIG_MAGIC_SYSRQ), and a key of it that hits one process only',
    there: () => false,
  },
];

/** The causes that are not shown here, each with the reason; a cause without either is a mistake. */
export function missingHere(variants: readonly Variant[]): Map<Cause, string> {
  const missing = new Map<Cause, string>();
  for (const cause of causes) {
    if (variants.some((variant) => variant.cause === cause)) continue;
    const need = kernelNeeds.find((one) => one.cause === cause);
    missing.set(
      cause,
      never[cause] ?? (need ? `this kernel has no ${need.what}` : 'nobody wrote a variant of it'),
    );
  }
  return missing;
}
