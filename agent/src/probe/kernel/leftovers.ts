import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bpfFsPath, hasBpfFs } from './bpf-fs.ts';
import { ownerOf } from './owner.ts';
import { lockPins, pinFolder } from './pins.ts';

/**
 * Ends what agents left recording whose state directory is gone: nobody will ever read it. What a
 * process holds, or what came from another mount namespace, stays. The folders that were removed.
 */
export function removeOrphans(): string[] {
  if (!hasBpfFs()) return [];
  return readdirSync(bpfFsPath)
    .filter((name) => name.startsWith('coroner-'))
    .map((name) => join(bpfFsPath, name))
    .filter((folder) => {
      const owner = ownerOf(folder);
      if (owner === null || existsSync(owner)) return false;
      const pins = lockPins(folder);
      if (pins === null) return false;
      pins.removeAll();
      pins.release();
      return true;
    });
}

/** What an earlier agent of this instance left is at work in the kernel. */
export function isRecording(instance: string): boolean {
  try {
    return readdirSync(pinFolder(instance)).some((name) => name.startsWith('links-'));
  } catch {
    // No such folder.
    return false;
  }
}

/** Ends what was left recording; the paths that are gone. Throws when an agent has it. */
export function removeRecording(instance: string): string[] {
  const folder = pinFolder(instance);
  if (!existsSync(folder)) return [];
  const pins = lockPins(folder);
  if (pins === null) throw new Error(`an agent is recording into ${folder}: stop it first`);
  const removed = pins.removeAll();
  pins.release();
  return removed;
}
