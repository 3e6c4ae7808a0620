import { join } from 'node:path';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { followFiles } from '../../following/files.ts';
import { watchFolders } from '../../following/folders.ts';
import { lostGap } from '../../following/lost.ts';
import { presence } from '../../following/readable.ts';
import { repeated } from '../../following/repeated.ts';
import type { Emit, RunningSource, Source } from '../../source.ts';
import { hasSqlite, wtmpdbPath } from '../../wtmpdb.ts';
import { withAuditSession } from './audit-session.ts';
import { followWtmpdb } from './follow-wtmpdb.ts';
import { logindSessions } from './logind.ts';
import { openSessions } from './open-sessions.ts';
import { recordTaker } from './records.ts';

export interface LoginsOptions {
  readonly host: string;
  /** Where the positions are kept over restarts; null = nowhere. */
  readonly positionsPath: string | null;
  /** Folder that stands for `/`. */
  readonly root?: string;
}

const utmp = ['/run/utmp', '/var/run/utmp'];
const wtmp = '/var/log/wtmp';
const btmp = '/var/log/btmp';
const logind = '/run/systemd/sessions';
const settleMs = 100;

/** Who is logged in, who logs in and out and who fails to: utmp, wtmp, btmp, and the sessions of systemd-logind. */
export function loginsSource(options: LoginsOptions): Source {
  const at = (path: string): string => join(options.root ?? '/', path);
  return {
    name: 'logins',
    isBackground: true,
    status: () => statusOf(at),
    start: async (emit) => start(options, at, emit),
  };
}

function statusOf(at: (path: string) => string): SourceStatus {
  const source = 'logins';
  const { there, closed } = presence([at(wtmp), at(logind), at(wtmpdbPath)]);
  if (there.includes(at(wtmpdbPath)) && !hasSqlite())
    return {
      source,
      state: 'degraded',
      why: `${wtmpdbPath} is there, and no sqlite3 to read it`,
      enable: 'install sqlite3',
    };
  if (there.length === 0)
    return {
      source,
      state: 'missing',
      why: `neither ${wtmp} nor ${logind} is there`,
      enable: `touch ${wtmp}, or install libpam-systemd`,
    };
  if (closed.length === 0)
    return { source, state: 'available', why: `${there.join(' and ')} can be read` };
  const why = `not readable: ${closed.join(', ')}`;
  return { source, state: 'degraded', why, enable: 'run the agent as root' };
}

function start(
  { host, positionsPath }: LoginsOptions,
  at: (path: string) => string,
  emit: Emit,
): RunningSource {
  for (const path of [...utmp, wtmp])
    for (const event of openSessions(at(path))) emit(withAuditSession(host, event));
  const files = followFiles({
    paths: [at(wtmp), at(btmp)],
    positionsPath,
    newTaker(path) {
      const numbered = repeated(host);
      const content = path === at(btmp) ? 'failures' : 'sessions';
      return recordTaker(path, content, (event) => emit(withAuditSession(host, numbered(event))));
    },
    onLost: (path, reason) => emit(lostGap('logins', path, reason)),
  });
  const told = new Set<string>();
  let settling: NodeJS.Timeout | null = null;
  const readSessions = (): void => {
    settling = null;
    const open = logindSessions(at(logind)).map((event) => ({
      event,
      text: JSON.stringify(event),
    }));
    for (const { event, text } of open) if (!told.has(text)) emit(event);
    told.clear();
    for (const { text } of open) told.add(text);
  };
  readSessions();
  const database = followWtmpdb(at, host, emit);
  const folder = watchFolders([at(logind)], () => {
    settling ??= setTimeout(readSessions, settleMs);
  });

  return {
    async stop() {
      if (settling) clearTimeout(settling);
      await database.stop();
      folder.stop();
      files.stop();
    },
  };
}
