import { statSync } from 'node:fs';
import { dirname } from 'node:path';

const others = 0o001;
const group = 0o010;

/** True when a user of group `gid` can pass through every folder above `path` (modes alone, no ACLs). */
export function isReachable(path: string, gid: number): boolean {
  const folder = dirname(path);
  const stat = statSync(folder);
  const open = stat.gid === gid ? stat.mode & group : stat.mode & others;
  if (!open) return false;
  return folder === dirname(folder) || isReachable(folder, gid);
}
