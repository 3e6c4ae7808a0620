import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMetrics } from '../metrics/metrics.ts';
import { pruneClaims } from '../store/claims.ts';
import { createPool, type Pool } from '../store/database.ts';
import { startPostgres, type TestPostgres } from '../testing/servers/postgres.ts';
import type { Api } from './api-types.ts';
import { buildApi } from './build-api.ts';
import { createFeed } from './feed.ts';

const token = 'secret-of-this-test';

let postgres: TestPostgres;
let pool: Pool;
let api: Api;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = createPool(await postgres.createDatabase(), 'test', () => {});
  api = await buildApi({
    pool,
    token,
    log: pino({ level: 'silent' }),
    metrics: createMetrics(),
    feed: createFeed(),
    troubles: async () => [],
    waitingMessages: () => 0,
    webhooks: { key: null, networks: [] },
    takeEvents: () => Promise.reject(new Error('this test imports nothing')),
  });
});

afterAll(async () => {
  await api?.close();
  await pool?.end();
  await postgres?.stop();
});

test('claims of long ago are forgotten, but for the cards of incidents that live', async () => {
  const incident = (id: string, days: number) =>
    pool.query(
      `insert into incidents (id, title, cause, first_at, last_at, deaths, hosts, death_id)
       values ($1, 't', 'crash', now(), now() - make_interval(days => $2), 1, array['h'], 'd')`,
      [id, days],
    );
  await incident('lives', 1);
  await incident('rests', 31);
  const claim = (key: string, days: number) =>
    pool.query(
      `insert into claims (key, holder, lease_until, claimed_at)
       values ($1, 'bot', now(), now() - make_interval(days => $2))`,
      [key, days],
    );
  await claim('slack-event:old', 31);
  await claim('slack-event:new', 29);
  for (const id of ['lives', 'rests', 'unknown']) {
    await claim(`alert:${id}:C1`, 31);
    await claim(`grown:${id}:C1:0`, 31);
  }
  expect(await pruneClaims(pool)).toBe(5);
  const { rows } = await pool.query('select key from claims order by key');
  expect(rows.map(({ key }) => key)).toEqual([
    ...['alert:lives:C1', 'grown:lives:C1:0', 'slack-event:new'],
  ]);
  await pool.query('truncate claims, incidents');
});

describe('claims', () => {
  const send = async (method: 'POST' | 'PUT', payload: object) => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await api.inject({ method, url: '/v1/claims', headers, payload });
    return { status: response.statusCode, body: response.json() };
  };
  const ask = (holder: string, key: string) => send('POST', { key, holder, leaseSeconds: 60 });

  test('one of many gets it, and only that one may say what came of it', async () => {
    const holders = Array.from({ length: 10 }, (_, index) => `bot-${index}`);
    const answers = await Promise.all(holders.map((holder) => ask(holder, 'alert:1')));
    const granted = answers.filter(({ body }) => body.granted);
    expect(granted).toHaveLength(1);
    expect(granted[0]?.body.claim.takenOver).toBe(false);
    const winner: string = granted[0]?.body.claim.holder;
    const value = { channel: 'C1', ts: '1.2' };
    expect((await send('PUT', { key: 'alert:1', holder: 'somebody', value })).status).toBe(409);
    expect((await send('PUT', { key: 'alert:1', holder: winner, value })).status).toBe(200);
    const later = await ask('late', 'alert:1');
    expect(later.body).toMatchObject({ granted: false, claim: { holder: winner, value } });
    const headers = { authorization: `Bearer ${token}` };
    const read = await api.inject({ url: '/v1/claims?key=alert:1', headers });
    expect(read.json()).toMatchObject({ key: 'alert:1', value });
  });

  test('a lease that has run out is free again', async () => {
    await ask('dead', 'alert:2');
    expect((await ask('next', 'alert:2')).body.granted).toBe(false);
    await pool.query(
      `update claims set lease_until = now() - interval '1 second' where key = 'alert:2'`,
    );
    expect((await ask('next', 'alert:2')).body).toMatchObject({
      granted: true,
      claim: { takenOver: true },
    });
    expect((await ask('next', 'alert:2')).body.claim.takenOver).toBe(true);
  });

  test('a lease from before the clock was set back does not last until then', async () => {
    await ask('dead', 'alert:back');
    await pool.query(
      `update claims set lease_until = now() + interval '3 hours' where key = 'alert:back'`,
    );
    expect((await ask('next', 'alert:back')).body.granted).toBe(true);
    expect((await ask('last', 'alert:back')).body.granted).toBe(false);
  });

  test('what somebody left is listed with what it is about, and goes with its end', async () => {
    const about = { deathId: 'd1' };
    await send('POST', { key: 'answer:1', holder: 'dead', leaseSeconds: 60, about });
    await ask('dead', 'alert:3');
    const open = async () => {
      const headers = { authorization: `Bearer ${token}` };
      return (await api.inject({ url: '/v1/claims/open?prefix=answer:', headers })).json().items;
    };
    expect(await open()).toEqual([]);
    await pool.query(`update claims set lease_until = now() - interval '1 second'`);
    expect(await open()).toMatchObject([{ key: 'answer:1', value: null, about }]);
    expect((await ask('next', 'answer:1')).body).toMatchObject({ granted: true, claim: { about } });
    await send('PUT', { key: 'answer:1', holder: 'next', value: { ended: true } });
    await pool.query(`update claims set lease_until = now() - interval '1 second'`);
    expect(await open()).toEqual([]);
  });
});
