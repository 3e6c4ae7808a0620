import { afterAll, beforeAll, expect, test } from 'vitest';
import { heartbeatOf } from '../../testing/agent.ts';
import { startPostgres, type TestPostgres } from '../../testing/servers/postgres.ts';
import { createPool, inTransaction, type Pool } from '../database.ts';
import { saveHeartbeats } from './heartbeats.ts';
import { watchesAt } from './host-watch.ts';

let postgres: TestPostgres;
let pool: Pool;
beforeAll(async () => {
  postgres = await startPostgres();
  pool = createPool(await postgres.createDatabase(), 'test', () => {});
});
afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
});

const at = (second: number): string =>
  `2026-08-01T03:00:${String(second).padStart(2, '0')}.000000Z`;

const probe = (state: 'available' | 'missing') => [{ source: 'probe', state, why: '' }];

/** A heartbeat of a host whose clock is right. */
const beat = (second: number, state: 'available' | 'missing') => ({
  heartbeat: heartbeatOf('web-3', { sentAt: at(second), sources: probe(state) }),
  receivedAt: at(second),
});

test('heartbeats that waited for the hub are steps of their own, and each change is kept', async () => {
  const waited = [
    beat(0, 'missing'),
    beat(15, 'missing'),
    beat(45, 'missing'),
    beat(30, 'available'),
  ];
  const steps = await inTransaction(pool, (transaction) => saveHeartbeats(transaction, waited));
  expect(steps.map(({ previous, at }) => [previous?.at ?? null, at])).toEqual([
    [null, at(0)],
    [at(0), at(15)],
    [at(15), at(30)],
    [at(30), at(45)],
  ]);
  const watches = await watchesAt(
    pool,
    [10, 20, 35, 50].map((second) => ({ host: 'web-3', at: at(second) })),
  );
  expect(watches.map(({ sources }) => sources[0]?.state)).toEqual([
    'missing',
    'missing',
    'available',
    'missing',
  ]);
  expect(watches[0]).toMatchObject({ watchedSince: at(0), heartbeatAt: at(45) });
});

test('one that comes late changes nothing', async () => {
  const steps = await inTransaction(pool, (transaction) =>
    saveHeartbeats(transaction, [beat(40, 'missing')]),
  );
  expect(steps).toEqual([]);
  const { rows } = await pool.query('select last_seen_at as at from hosts');
  expect(rows).toEqual([{ at: at(45) }]);
});

test('the same sources again are no change', async () => {
  const before = await pool.query('select count(*) from host_watches');
  await inTransaction(pool, (transaction) => saveHeartbeats(transaction, [beat(59, 'missing')]));
  const after = await pool.query('select count(*) from host_watches');
  expect(after.rows).toEqual(before.rows);
});
