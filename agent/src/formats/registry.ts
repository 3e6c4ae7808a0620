import { readAudit } from './audit/audit.ts';
import { readCrontab } from './crontab/crontab.ts';
import { readJournal } from './journal/journal.ts';
import { readLog } from './log/log.ts';
import { readPacct } from './pacct/pacct.ts';
import { readPackages } from './packages/packages.ts';
import type { Reader } from './reader.ts';
import { readShellHistory } from './shell-history/shell-history.ts';
import { readBtmp, readUtmp } from './utmp/utmp.ts';

/** Reader of each FORMAT of `coroner-agent read`. */
export const readers: Readonly<Record<string, Reader>> = {
  log: readLog,
  journal: readJournal,
  audit: readAudit,
  wtmp: readUtmp,
  utmp: readUtmp,
  btmp: readBtmp,
  crontab: readCrontab,
  pacct: readPacct,
  packages: readPackages,
  'shell-history': readShellHistory,
};
