import type { Variant } from '../variant.ts';
import { bondVariants } from './bonds.ts';
import { cgroupVariants } from './cgroups.ts';
import { ownVariants } from './own.ts';
import { sentVariants } from './sent.ts';
import { terminalVariants } from './terminal.ts';

/** Every way to die that this machine can show without another kernel. */
export const allVariants: readonly Variant[] = [
  ...sentVariants,
  ...ownVariants,
  ...bondVariants,
  ...terminalVariants,
  ...cgroupVariants,
];
