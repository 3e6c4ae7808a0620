import { join } from 'node:path';
import { followFiles } from '../../following/files.ts';
import { lostGap } from '../../following/lost.ts';
import { repeated } from '../../following/repeated.ts';
import { lineTaker } from '../../following/taker.ts';
import { packageParser } from '../../formats/packages/packages.ts';
import type { Emit } from '../../source.ts';

/** Where package managers of Debian, Red Hat, SUSE and Arch write what they did. */
export const packageLogs: readonly string[] = [
  '/var/log/dpkg.log',
  '/var/log/apt/history.log',
  '/var/log/apt/term.log',
  '/var/log/unattended-upgrades/unattended-upgrades.log',
  '/var/log/dnf.rpm.log',
  '/var/log/yum.log',
  '/var/log/zypp/history',
  '/var/log/pacman.log',
];

export interface PackageLogs {
  readonly host: string;
  readonly positionsPath: string | null;
  readonly root: string;
}

/** Follows the logs of package managers. */
export function followPackages({ host, positionsPath, root }: PackageLogs, emit: Emit) {
  return followFiles({
    paths: packageLogs.map((path) => join(root, path)),
    positionsPath,
    newTaker() {
      const parser = packageParser();
      const numbered = repeated(host);
      return lineTaker((line) => {
        for (const event of parser.push(line)) emit(numbered(event));
      });
    },
    onLost: (path, reason) => emit(lostGap('host', path, reason)),
  });
}
