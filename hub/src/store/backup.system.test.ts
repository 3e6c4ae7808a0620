import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Answer } from '@coroner/schema/http/answer';
import { expect, test } from 'vitest';
import { startAgent } from '../testing/agent.ts';
import { killed } from '../testing/deaths.ts';
import { ask, startTestHub } from '../testing/hub.ts';
import { startNats } from '../testing/servers/nats.ts';
import { startPostgres } from '../testing/servers/postgres.ts';
import { until } from '../testing/until.ts';
import { createPool } from './database.ts';

const run = promisify(execFile);

const versions = '/usr/lib/postgresql';

/** The programs of the newest server that Debian installed, and no older client beside it. */
async function debianPostgres(): Promise<string> {
  const folders = (await readdir(versions)).map((version) => join(versions, version, 'bin'));
  const servers = folders.filter((folder) => existsSync(join(folder, 'initdb')));
  const newest = servers.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  if (!newest) throw new Error(`${versions} has no server: install the package postgresql`);
  return newest;
}

test('a hub on a restored backup answers as before, and takes nothing twice', async () => {
  const bin = await debianPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'coroner-backup-'));
  const nats = await startNats();
  const postgres = await startPostgres(['fsync=off'], tmpdir(), bin);
  const agent = await startAgent(nats.url);
  const events = [
    {
      ...{ kind: 'login' as const, source: 'wtmp' as const, id: 'login-of-alice' },
      ...{ user: 'alice', tty: 'pts/2', from: '10.0.0.5', pid: 900, at: new Date().toISOString() },
    },
    killed({ unit: 'nginx.service' }),
  ];
  const path = '/v1/why?process=nginx&host=web-3';
  try {
    const original = await postgres.createDatabase();
    const hub = await startTestHub(nats.url, original);
    await agent.publish('web-3', events);
    const before = await until(
      () => ask<Answer>(hub.address, path),
      ({ status }) => status === 200,
    ).finally(() => hub.stop());

    const file = join(folder, 'coroner.dump');
    const restored = await postgres.createEmptyDatabase();
    await run(join(bin, 'pg_dump'), ['--format=custom', `--file=${file}`, original]);
    await run(join(bin, 'pg_restore'), ['--exit-on-error', `--dbname=${restored}`, file]);

    const pool = createPool(restored, 'test', () => {});
    const second = await startTestHub(nats.url, restored);
    try {
      expect((await ask<Answer>(second.address, path)).body).toEqual(before.body);
      // Other batches, so that JetStream lets them through.
      await agent.publish('web-3', [...events, killed({ pid: 7, comm: 'java' })]);
      await until(
        () => ask<Answer>(second.address, '/v1/why?process=java'),
        ({ status }) => status === 200,
      );
      const { rows } = await pool.query(
        `select (select count(*)::integer from deaths) as deaths,
                (select count(*)::integer from events where kind in ('death', 'login')) as events`,
      );
      expect(rows).toEqual([{ deaths: 2, events: 3 }]);
    } finally {
      await second.stop();
      await pool.end();
    }
  } finally {
    await agent.stop();
    await Promise.all([nats.stop(), postgres.stop(), rm(folder, { recursive: true })]);
  }
});
