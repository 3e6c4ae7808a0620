import type { Process } from '../../process.ts';

/** systemd as pid 1 or as a user's manager. */
export function isServiceManager(process: Process): boolean {
  return process.comm === 'systemd';
}
