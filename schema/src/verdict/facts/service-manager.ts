import type { Process } from '../../process.ts';

const init = 1;

/**
 * systemd as pid 1, as the init of a container, or as a user's manager below one of them. The name
 * alone is no proof: any process may call itself so.
 */
export function isServiceManager(process: Process): boolean {
  if (process.comm !== 'systemd') return false;
  if (process.pid === init || process.innerPid === init) return true;
  const below = process.ancestry[0];
  return below?.comm === 'systemd' && /\/systemd$/.test(process.exe ?? '');
}
