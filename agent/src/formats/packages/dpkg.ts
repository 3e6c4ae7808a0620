import type { RawEvent } from '../../source.ts';
import { localTime } from './local-time.ts';

const line = /^(\S+ \S+) (install|upgrade|remove|purge) (\S+) (\S+) (\S+)$/;

/** `2026-11-23 07:50:57 upgrade nginx:amd64 1.22.1-9 1.22.1-10`, dpkg(1) --log; null for its other lines. */
export function dpkgLine(text: string, timeZone: string | undefined): RawEvent | null {
  const [, time, action, name, from, to] = line.exec(text) ?? [];
  const at = time === undefined ? null : localTime(time, timeZone);
  if (at === null || action === undefined || name === undefined) return null;
  return {
    kind: 'package-change',
    source: 'packages',
    at,
    manager: 'dpkg',
    action,
    package: withoutArchitecture(name),
    fromVersion: version(from),
    toVersion: version(to),
  };
}

/** `nginx:amd64` → `nginx`. */
export function withoutArchitecture(name: string): string {
  return name.replace(/:[\w-]+$/, '');
}

const version = (text: string | undefined): string | null =>
  text === undefined || text === '<none>' ? null : text;
