import { existsSync } from 'node:fs';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';

/** Evidence that hosts keep and that this version reads from files only, not by itself. */
const unread: readonly {
  source: string;
  /** Where it lies; the first that is there counts. */
  paths: readonly string[];
  format: string;
  enable: string;
}[] = [
  {
    source: 'pacct',
    paths: ['/var/log/account/pacct', '/var/account/pacct'],
    format: 'pacct',
    enable: 'apt-get install acct && accton on',
  },
];

/** What else this host keeps. None of it is read by `run` in this version, and the status says so. */
export function unreadSources(): SourceStatus[] {
  return unread.map(({ source, paths, format, enable }) => {
    const path = paths.find((one) => existsSync(one));
    return path === undefined
      ? { source, state: 'missing', why: `none of ${paths.join(', ')} is there`, enable }
      : {
          source,
          state: 'off',
          why: `${path} is there; this version does not follow it`,
          enable: `coroner-agent read ${format} FILE`,
        };
  });
}
