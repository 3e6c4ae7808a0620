import { statfsSync } from 'node:fs';
import { mountBpfFileSystem } from '../native/libc.ts';

export const bpfFsPath = '/sys/fs/bpf';
const bpfFsMagic = 0xcafe4a11;

/** Mounts the bpf file system where it is not; null, or why there is none. */
export function ensureBpfFs(): string | null {
  if (hasBpfFs()) return null;
  const refused = mountBpfFileSystem(bpfFsPath);
  if (refused === null) return null;
  return `no bpf file system at ${bpfFsPath}, and mounting one failed: ${refused}`;
}

export function hasBpfFs(): boolean {
  try {
    return statfsSync(bpfFsPath).type === bpfFsMagic;
  } catch {
    // No such directory: a kernel without the file system, or sysfs is not mounted.
    return false;
  }
}
