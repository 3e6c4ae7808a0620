import type { Process } from '../../process.ts';

/** Where only root can put a program: distributions, /opt, snap, Nix, k3s. */
const ownedByRoot =
  /^\/(?:usr|etc|s?bin|lib\d{0,2}|opt|snap|nix\/store|var\/lib\/(?:rancher|snapd))\//;
const interpreter = /\/(?:python[\d.]*|perl[\d.]*|ruby[\d.]*|bash|dash|sh)$/;
/** One program that is called by several names. */
const manyNames = /\/(?:k3s|rke2|kubelite|busybox)$/;
/** runc executes a copy of itself. */
const ownCopy = /^\/memfd:runc_cloned:/;

/**
 * Whether a process is the program of the system that it is named after: anybody may call a process
 * so. By its unit, or by where its program lies; where that is not known, root's word has to do.
 */
export function isSystemProgram(process: Process): boolean {
  if (isSystemUnit(process)) return true;
  const path = programOf(process);
  if (path === undefined || ownCopy.test(path ?? '')) return process.uid === 0;
  if (path === null || !ownedByRoot.test(path)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.startsWith(process.comm) || manyNames.test(path);
}

/** Whether its program, or its script, lies where only root can put one; or is not recorded. */
export function liesWithRoot(process: Process): boolean {
  const path = programOf(process);
  return path === undefined || (path !== null && ownedByRoot.test(path));
}

/** A unit of its name that root's systemd runs: of users' managers the cgroup says so. */
function isSystemUnit({ comm, unit, cgroup }: Process): boolean {
  const isNamed = unit?.endsWith('.service') === true && comm !== '' && unit.startsWith(comm);
  return isNamed && /^\/system\.slice\//.test(cgroup ?? '');
}

/** The program, or the script that an interpreter runs; undefined where it is not recorded. */
function programOf({ exe, cmdline }: Process): string | null | undefined {
  if (!exe) return undefined;
  const path = exe.replace(/ \(deleted\)$/, '');
  if (!interpreter.test(path)) return path;
  return cmdline?.slice(1).find((word) => !word.startsWith('-')) ?? null;
}
