import { packageLogs } from '../../sources/host/packages.ts';
import { kernelLog, ownLogs, programLogs } from '../../sources/logs/places.ts';
import type { Piece } from './piece.ts';

/** Where distributions write what is read file by file: Debian, Red Hat, SUSE. */
export const files: readonly { format: Piece['format']; paths: readonly string[] }[] = [
  { format: 'wtmp', paths: ['/var/log/wtmp'] },
  { format: 'btmp', paths: ['/var/log/btmp'] },
  { format: 'audit', paths: ['/var/log/audit/audit.log'] },
  {
    format: 'log',
    paths: [kernelLog, ...programLogs, ...ownLogs],
  },
  { format: 'packages', paths: packageLogs },
  { format: 'pacct', paths: ['/var/log/account/pacct', '/var/account/pacct'] },
];

/** systemd-coredump keeps one file a core here. */
export const coredumpFolder = '/var/lib/systemd/coredump';

/** The firmware's store of what the kernel said last, and where systemd-pstore moves it at boot. */
export const pstoreFolders: readonly string[] = ['/sys/fs/pstore', '/var/lib/systemd/pstore'];
