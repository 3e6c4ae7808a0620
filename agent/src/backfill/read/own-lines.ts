import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { parseLine } from '../../formats/log/line/parse-line.ts';

const mostForeign = 5;

/** Tells the lines of this host from those that others sent to its syslog. */
export interface OwnLines {
  /** Looks at the first bytes of a file: a host that it alone names is this one, under an older name. */
  sample(bytes: Buffer): void;
  isOwn(name: string): boolean;
  /** Names of other hosts, whose lines were left out. */
  foreign(): string[];
}

/** `host` is the name under which this one reports. */
export function ownLines(host: string): OwnLines {
  const own = new Set([host, hostname(), nameInFile(), 'localhost'].map(short));
  const others = new Set<string>();
  return {
    sample(bytes) {
      const lines = bytes.toString('utf8').split('\n').slice(0, -1);
      const dialect = { monotonicHost: null };
      const named = new Set(
        lines.flatMap((line) => parseLine(line, dialect).host ?? []).map(short),
      );
      const [only] = named;
      if (named.size === 1 && only !== undefined) own.add(only);
    },
    isOwn(name) {
      if (own.has(short(name))) return true;
      if (others.size < mostForeign) others.add(name);
      return false;
    },
    foreign: () => [...others],
  };
}

/** Logs have the name with or without its domain. */
const short = (name: string): string => (name.split('.')[0] ?? name).toLowerCase();

function nameInFile(): string {
  try {
    return readFileSync('/etc/hostname', 'utf8').trim();
  } catch {
    // Not every distribution has it.
    return '';
  }
}
