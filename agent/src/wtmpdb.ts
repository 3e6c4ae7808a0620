import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stableId } from '@coroner/schema/identity';
import { z } from 'zod';
import type { RawEvent } from './source.ts';

/** Where distributions without wtmp keep their logins: a database of SQLite, wtmpdb(8). */
export const wtmpdbFolder = '/var/lib/wtmpdb';
export const wtmpdbPath = `${wtmpdbFolder}/wtmp.db`;

const timeoutMs = 10_000;
const mostBytes = 8 * 1024 * 1024;
/** The newest rows: what is older is history. */
const mostRows = 1024;
const usPerMs = 1000;
/** wtmpdb.h */
const bootTime = 1;
const userProcess = 3;
const run = promisify(execFile);

const Row = z.object({
  ID: z.number().int(),
  Type: z.number().int(),
  User: z.string().nullable(),
  Login: z.number().int(),
  Logout: z.number().int().nullable(),
  TTY: z.string().nullable(),
  RemoteHost: z.string().nullable(),
  Service: z.string().nullable(),
});
type Row = z.infer<typeof Row>;

const folders = ['/usr/bin', '/bin', '/usr/local/bin'];

/** Node 20 reads no SQLite of its own, so the host's sqlite3(1) does. */
export const hasSqlite = (): boolean =>
  folders.some((folder) => existsSync(join(folder, 'sqlite3')));

/** What the newest rows tell: each login and boot, and each end of one. Throws where sqlite3 cannot read it. */
export async function wtmpdbEvents(path: string, host: string): Promise<RawEvent[]> {
  if (!existsSync(path)) return [];
  const query = `select ID, Type, User, Login, Logout, TTY, RemoteHost, Service from wtmp order by ID desc limit ${mostRows}`;
  const { stdout } = await run('sqlite3', ['-readonly', '-json', path, query], {
    timeout: timeoutMs,
    maxBuffer: mostBytes,
  });
  if (stdout.trim() === '') return [];
  return rowEvents(z.array(z.unknown()).parse(JSON.parse(stdout)).reverse(), host);
}

/** The same of rows as sqlite3 prints them; what is no login is passed over. */
export function rowEvents(rows: readonly unknown[], host: string): RawEvent[] {
  return rows.flatMap((row) => {
    const { data } = Row.safeParse(row);
    return data ? eventsOf(data, host) : [];
  });
}

function eventsOf(row: Row, host: string): RawEvent[] {
  const id = (what: string): string => stableId('wtmpdb', host, row.ID, row.Login, what);
  const at = (us: number): string => new Date(us / usPerMs).toISOString();
  const source = 'wtmp' as const;
  if (row.Type === bootTime) {
    // `wtmpdb boot` has the kernel in the place of the host; `wtmpdb shutdown` ends the row.
    const facts = { source, kernel: row.RemoteHost || null, line: row.TTY };
    const boot: RawEvent = { kind: 'boot', id: id('boot'), at: at(row.Login), ...facts };
    if (row.Logout === null) return [boot];
    return [boot, { kind: 'shutdown', id: id('shutdown'), at: at(row.Logout), ...facts }];
  }
  if (row.Type !== userProcess) return [];
  const session = {
    source,
    user: row.User,
    tty: row.TTY,
    from: row.RemoteHost || null,
    service: row.Service,
  };
  const login: RawEvent = { kind: 'login', id: id('login'), at: at(row.Login), ...session };
  if (row.Logout === null) return [login];
  return [login, { kind: 'logout', id: id('logout'), at: at(row.Logout), ...session }];
}
