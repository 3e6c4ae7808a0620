import type { CreatedToken, NewToken } from '@coroner/schema/http/tokens';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stillValid } from '../access/authenticate.ts';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';

const lines: string[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
const rateLimit = 20;

let world: StoredApi;

beforeAll(async () => {
  const corsOrigins = ['https://ops.example.com'];
  world = await startStoredApi({ log, rateLimit, corsOrigins });
  await world.store('web-3', [killed({ host: 'web-3' })]);
});
afterAll(() => world?.stop());

async function create(more: Partial<NewToken> = {}): Promise<CreatedToken> {
  const wanted = { name: 'grafana', scope: 'read', expiresAt: null, ...more };
  const { status, body } = await world.post<CreatedToken>('/v1/tokens', wanted);
  expect(status).toBe(200);
  return body;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

async function as(token: string | null, url: string, method: Method = 'GET', payload?: object) {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await world.api.inject({ method, url, headers, ...(payload && { payload }) });
  return {
    status: response.statusCode,
    headers: response.headers,
    body: response.body === '' ? null : response.json(),
  };
}

/** By Postgres itself: the API takes no end that has passed. */
const letExpire = (id: string) =>
  world.pool.query(`update api_tokens set expires_at = now() - interval '1 s' where id = $1`, [id]);

/** It may hold an underscore itself. */
const secretIn = (token: string) => token.split('_').slice(2).join('_');

describe('a token', () => {
  test('opens what its scope allows and nothing more', async () => {
    const claim = { key: 'k', holder: 'h', leaseSeconds: 1 };
    const wanted = { name: 'n', scope: 'read', expiresAt: null };
    const statuses = [];
    for (const scope of ['read', 'act', 'admin'] as const) {
      const { token } = await create({ scope });
      const reads = await as(token, '/v1/deaths');
      const acts = await as(token, '/v1/claims', 'POST', claim);
      const creates = await as(token, '/v1/tokens', 'POST', wanted);
      const lists = await as(token, '/v1/tokens');
      statuses.push([scope, reads.status, acts.status, creates.status, lists.status]);
    }
    expect(statuses).toEqual([
      ['read', 200, 403, 403, 403],
      ['act', 200, 200, 403, 403],
      ['admin', 200, 200, 200, 200],
    ]);
  });

  test('is told what it lacks', async () => {
    const { token } = await create({ name: 'dashboard' });
    const { status, headers, body } = await as(token, '/v1/tokens');
    expect(status).toBe(403);
    expect(headers['content-type']).toMatch('application/problem+json');
    expect(headers['www-authenticate']).toContain('insufficient_scope');
    expect(body.detail).toMatch(/scope admin.*"dashboard" has scope read/);
  });

  test('that is absent, wrong, forged, expired or revoked opens nothing, and says why', async () => {
    const { id, token } = await create();
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    const expired = await create({ expiresAt: new Date(Date.now() + 60_000).toISOString() });
    await letExpire(expired.id);
    const revoked = await create();
    await as('secret-of-this-test', `/v1/tokens/${revoked.id}`, 'DELETE');
    for (const [given, why] of [
      [null, 'send Authorization'],
      ['wrong', 'not known'],
      [forged, 'not known'],
      [expired.token, 'expired at'],
      [revoked.token, 'was revoked at'],
    ] as const) {
      const { status, headers, body } = await as(given, '/v1/deaths');
      expect(status, why).toBe(401);
      expect(body).toMatchObject({ title: 'A bearer token is needed', status: 401 });
      expect(body.detail).toContain(why);
      expect(headers['www-authenticate']).toContain('Bearer');
    }
    expect((await as(token, '/v1/deaths')).status, id).toBe(200);
  });

  test('is kept as a hash, and told once', async () => {
    const { token, id } = await create();
    const { rows } = await world.pool.query('select * from api_tokens where id = $1', [id]);
    expect(JSON.stringify(rows)).not.toContain(secretIn(token));
    const { body } = await world.get('/v1/tokens');
    expect(JSON.stringify(body)).not.toContain(secretIn(token));
    expect(JSON.stringify(body)).not.toContain(rows[0].secret_hash);
  });

  test('is listed with its maker, its state and its last use', async () => {
    const { id, token } = await create({ name: 'night watch' });
    const listed = async () => {
      const { body } = await world.get<{ items: { id: string }[] }>('/v1/tokens');
      return body.items.find((item) => item.id === id);
    };
    expect(await listed()).toMatchObject({
      ...{ name: 'night watch', scope: 'read', createdBy: 'environment' },
      ...{ state: 'valid', lastUsedAt: null, revokedAt: null },
    });
    await as(token, '/v1/deaths');
    expect(await listed()).toMatchObject({ lastUsedAt: expect.any(String) });
    await letExpire(id);
    expect(await listed()).toMatchObject({ state: 'expired' });
  });

  test.each([
    ['name', { name: ' ', scope: 'read', expiresAt: null }],
    ['scope', { name: 'n', scope: 'root', expiresAt: null }],
    ['expiresAt', { name: 'n', scope: 'read', expiresAt: '2020-01-01T00:00:00Z' }],
    ['expiresAt', { name: 'n', scope: 'read' }],
  ])('is not made with a wrong %s', async (field, wanted) => {
    expect(await world.post('/v1/tokens', wanted)).toMatchObject({ status: 400, body: { field } });
  });

  test('that was revoked ends the stream that it opened', async () => {
    const { id } = await create();
    const caller = { id, name: 'grafana', scope: 'read' } as const;
    expect(await stillValid(world.pool, caller)).toBe(true);
    await as('secret-of-this-test', `/v1/tokens/${id}`, 'DELETE');
    expect(await stillValid(world.pool, caller)).toBe(false);
    expect(await stillValid(world.pool, null)).toBe(false);
  });

  test('that nobody made cannot be revoked', async () => {
    expect((await as('secret-of-this-test', '/v1/tokens/0', 'DELETE')).status).toBe(404);
  });
});

describe('rates', () => {
  test('hold one stored token and no other, and not the one of the environment', async () => {
    const { token } = await create();
    const other = await create();
    const statuses = [];
    for (let i = 0; i <= rateLimit; i++) statuses.push(await as(token, '/v1/deaths'));
    expect(statuses.slice(0, rateLimit).every(({ status }) => status === 200)).toBe(true);
    const { status, headers, body } = statuses[rateLimit] ?? {};
    expect(status).toBe(429);
    expect(Number(headers?.['retry-after'])).toBeGreaterThan(0);
    expect(body).toMatchObject({ type: 'urn:coroner:problem:too-many-requests' });
    expect((await as(other.token, '/v1/deaths')).status).toBe(200);
    for (let i = 0; i <= rateLimit; i++) expect((await world.get('/v1/deaths')).status).toBe(200);
  });

  test('hold an address that sends wrong tokens, and no right token from there', async () => {
    const statuses = new Set<number>();
    for (let i = 0; i < 200; i++) statuses.add((await as(`guess-${i}`, '/v1/deaths')).status);
    expect(statuses).toEqual(new Set([401, 429]));
    expect((await world.get('/v1/deaths')).status).toBe(200);
  });
});

test('who reads command lines or logins is logged by name, and no secret with it', async () => {
  const { token, id } = await create({ name: 'alice' });
  lines.length = 0;
  await as(token, '/v1/deaths?host=web-3');
  await as(token, '/v1/logins');
  await as(token, '/v1/hosts');
  const audit = lines.map((line) => JSON.parse(line)).filter(({ msg }) => /^audit/.test(msg));
  expect(audit).toMatchObject([
    { token: id, name: 'alice', url: '/v1/deaths?host=web-3', status: 200 },
    { token: id, name: 'alice', url: '/v1/logins', status: 200 },
  ]);
  expect(lines.join()).not.toContain(token);
});

describe('browsers', () => {
  const preflight = (origin: string) =>
    world.api.inject({
      ...{ method: 'OPTIONS', url: '/v1/deaths' },
      headers: { origin, 'access-control-request-method': 'GET' },
    });

  test('may read from the pages that are configured and from no other', async () => {
    const ours = await preflight('https://ops.example.com');
    expect(ours.headers['access-control-allow-origin']).toBe('https://ops.example.com');
    const other = await preflight('https://evil.example.com');
    expect(other.headers['access-control-allow-origin']).not.toBe('https://evil.example.com');
  });

  test('are told to run nothing, frame nothing and sniff nothing', async () => {
    const { headers } = await as(null, '/v1/deaths');
    expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['strict-transport-security']).toBeUndefined();
  });
});
