import { readFileSync } from 'node:fs';
import { release } from 'node:os';

/** What an agent says about the machine that it runs on. */
export interface Host {
  readonly name: string;
  /** Changes at every boot; part of every identity. */
  readonly bootId: string;
  /** Release, as uname(2) gives it. */
  readonly kernel: string;
  /** PRETTY_NAME of os-release(5). */
  readonly os: string;
}

/** Reads the facts of this machine. Throws where /proc does not tell the boot id, which every identity needs. */
export function thisHost(name: string): Host {
  return { name, bootId: bootId(), kernel: release(), os: operatingSystem() };
}

function bootId(): string {
  const path = '/proc/sys/kernel/random/boot_id';
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new Error(
      `${path}: ${(error as Error).message}; the agent needs Linux with /proc mounted`,
    );
  }
}

function operatingSystem(): string {
  for (const path of ['/etc/os-release', '/usr/lib/os-release']) {
    const name = fieldOf(path, 'PRETTY_NAME');
    if (name) return name;
  }
  return 'unknown';
}

function fieldOf(path: string, field: string): string | null {
  try {
    const match = new RegExp(`^${field}=(.*)$`, 'm').exec(readFileSync(path, 'utf8'));
    return match?.[1]?.replace(/^(["'])(.*)\1$/, '$2') ?? null;
  } catch {
    // Not every distribution has both files.
    return null;
  }
}
