import type { Process } from '../../process.ts';
import { isRuntime } from '../origin/managers.ts';
import { isSystemProgram } from './system-program.ts';

/** It runs within the container, and hands on what anybody sent it. */
const innerInit = 'docker-init';

/**
 * Whether the process is a container runtime, and not merely called so: a program of the system, or
 * one that ends what is in a container and is not in there itself.
 */
export function isRuntimeOf(process: Process, victim: Process): boolean {
  const { comm, container } = process;
  if (comm !== 'kubelet' && (!isRuntime(process) || comm === innerInit)) return false;
  const isOutside = victim.container != null && container !== victim.container;
  return isOutside || isSystemProgram(process);
}
