import { readdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

const compression = '\\.(?:gz|bz2|xz|zst|lzma|br|Z)';
const compressed = `(?:${compression})?`;
const number = '[.-]\\d[\\d._-]*';

/**
 * A log and what logrotate(8), savelog(8) or newsyslog made of it: `syslog.1`, `messages-20261122.xz`,
 * with the option `extension` also `auth-20261122.log.gz`. Paths, in no order.
 */
export function rotationsOf(path: string): string[] {
  const folder = dirname(path);
  const name = basename(path);
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  const after = `${literal(name)}(?:${number})?`;
  const before = extension === '' ? [] : [`${literal(stem)}${number}${literal(extension)}`];
  const pattern = new RegExp(`^(?:${[after, ...before].join('|')})${compressed}$`);
  try {
    return readdirSync(folder)
      .filter((one) => pattern.test(one))
      .map((one) => join(folder, one));
  } catch {
    // This host has no such folder, or keeps it from us: the status of the live source says so.
    return [];
  }
}

/** By its name. */
export const isCompressed = (path: string): boolean => compressedName.test(path);

const compressedName = new RegExp(`${compression}$`);

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
