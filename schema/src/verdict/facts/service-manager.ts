import type { Process } from '../../process.ts';

const init = 1;
const program = /^\/(?:usr\/|nix\/store\/[^/]+\/)?lib\/systemd\/systemd$/;

/**
 * systemd as pid 1, as the init of a container, or as a user's manager, which pid 1 starts. The name
 * alone is no proof: any process may call itself so.
 */
export function isServiceManager(process: Process): boolean {
  if (process.comm !== 'systemd') return false;
  if (process.pid === init) return true;
  if (process.innerPid === init) return !process.exe || program.test(process.exe);
  return process.ancestry[0]?.comm === 'systemd' && program.test(process.exe ?? '');
}
