import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { loginsSource } from './source.ts';

/** As wtmpdb 0.7 creates it, lib/sqlite.c. */
const table =
  'create table wtmp(ID INTEGER PRIMARY KEY, Type INTEGER, User TEXT NOT NULL, Login INTEGER, Logout INTEGER, TTY TEXT, RemoteHost TEXT, Service TEXT) STRICT;';
const beganUs = Date.UTC(2026, 7, 1, 3, 0, 0) * 1000;

it('tells the boots and logins of wtmpdb, and their end once they have one', async () => {
  const root = mkdtempSync(join(tmpdir(), 'coroner-wtmpdb-'));
  const path = join(root, 'var/lib/wtmpdb/wtmp.db');
  mkdirSync(join(root, 'var/lib/wtmpdb'), { recursive: true });
  const sql = (text: string) => execFileSync('sqlite3', [path, text]);
  sql(table);
  sql(
    `insert into wtmp values (1, 1, 'reboot', ${beganUs - 9_000_000}, ${beganUs - 3_000_000}, '~', '6.1', null), (2, 3, 'alice', ${beganUs}, null, 'pts/2', '10.0.0.5', 'sshd');`,
  );
  const events: RawEvent[] = [];
  const source = loginsSource({ host: 'web-3', positionsPath: null, root });
  expect(await source.status()).toMatchObject({ state: 'available' });
  const running = await source.start((event) => events.push(event));
  onTestFinished(async () => {
    await running.stop();
    rmSync(root, { recursive: true });
  });
  const facts = { user: 'alice', tty: 'pts/2', from: '10.0.0.5', service: 'sshd' };
  const wait = { timeout: 60_000 };
  await vi.waitFor(() => expect(events).toHaveLength(3), wait);
  expect(events).toMatchObject([
    { kind: 'boot', at: '2026-08-01T02:59:51.000Z', kernel: '6.1' },
    { kind: 'shutdown', at: '2026-08-01T02:59:57.000Z' },
    { kind: 'login', ...facts },
  ]);
  sql(`update wtmp set Logout = ${beganUs + 5_000_000} where ID = 2;`);
  await vi.waitFor(() => expect(events).toHaveLength(4), wait);
  expect(events.slice(2)).toMatchObject([
    { kind: 'login', at: '2026-08-01T03:00:00.000Z' },
    { kind: 'logout', at: '2026-08-01T03:00:05.000Z', ...facts },
  ]);
});
