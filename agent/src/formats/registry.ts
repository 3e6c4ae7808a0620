import { readAudit } from './audit/audit.ts';
import type { Reader } from './reader.ts';
import { readBtmp, readUtmp } from './utmp/utmp.ts';

/** Reader of each FORMAT of `coroner-agent read`. */
export const readers: Readonly<Record<string, Reader>> = {
  audit: readAudit,
  wtmp: readUtmp,
  utmp: readUtmp,
  btmp: readBtmp,
};
