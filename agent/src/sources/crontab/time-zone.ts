import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The zone that cron goes by, an IANA name: /etc/localtime where it is a link, as localtime(5) has
 * it, else /etc/timezone. (Intl would know it too, for 8 MB of memory.)
 */
export function hostTimeZone(root: string): string {
  return linked(join(root, '/etc/localtime')) ?? written(join(root, '/etc/timezone')) ?? 'UTC';
}

function linked(path: string): string | null {
  try {
    return /\/zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(readlinkSync(path))?.[1] ?? null;
  } catch {
    // A copy of the zone's file, or none: then it is UTC.
    return null;
  }
}

function written(path: string): string | null {
  try {
    return /^[\w+/-]+/.exec(readFileSync(path, 'utf8'))?.[0] ?? null;
  } catch {
    // Only Debian has it.
    return null;
  }
}
