import { gunzipSync } from 'node:zlib';
import type { Problem } from '@coroner/schema/http/problem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';

const authorization = 'Bearer secret-of-this-test';
/** More than two pages of an export. */
const many = 1_203;

let world: StoredApi;

beforeAll(async () => {
  world = await startStoredApi();
  const at = (second: number) => new Date(Date.UTC(2026, 7, 1) + second * 1_000).toISOString();
  for (let from = 0; from < many; from += 400) {
    const few = Array.from({ length: Math.min(400, many - from) }, (_, i) => from + i + 1);
    await world.store(
      'web-3',
      few.map((pid) => killed({ host: 'web-3', pid, at: at(pid), comm: `worker-${pid % 7}` })),
    );
  }
  const cmdline = ['=cmd|calc', 'a "quoted", one', 'two\nlines'];
  await world.store('db-1', [killed({ host: 'db-1', pid: 9, comm: '=1+1', cmdline, at: at(0) })]);
});
afterAll(() => world?.stop());

const ask = (url: string, headers: Record<string, string> = {}) =>
  world.api.inject({ url, headers: { authorization, ...headers } });

const lists = [
  ...['/v1/deaths', '/v1/events', '/v1/incidents', '/v1/hosts', '/v1/logins', '/v1/cron-jobs'],
  '/v1/hosts/web-3/timeline',
];

describe('an export', () => {
  test.each(lists)('of %s is NDJSON or CSV, by parameter or by the Accept header', async (path) => {
    for (const [format, type] of [
      ['ndjson', 'application/x-ndjson; charset=utf-8'],
      ['csv', 'text/csv; charset=utf-8'],
    ] as const) {
      const asked = await ask(`${path}?format=${format}`);
      const accepted = await ask(path, { accept: `text/html;q=0.1, ${type.split(';')[0]};q=0.9` });
      expect(asked.statusCode).toBe(200);
      expect(asked.headers['content-type']).toBe(type);
      expect(accepted.headers['content-type']).toBe(type);
      expect(accepted.body).toBe(asked.body);
    }
    expect((await ask(path)).json()).toHaveProperty('items');
  });

  test('has every item of every page once, as the pages have them', async () => {
    const { body } = await ask('/v1/deaths?format=ndjson');
    const lines = body.trimEnd().split('\n');
    const items = await world.pages<{ id: string }>('/v1/deaths', 1000);
    expect(lines.map((line) => JSON.parse(line))).toEqual(items);
    expect(lines).toHaveLength(many + 1);
  });

  test('goes by filters, and ends at a limit', async () => {
    const count = async (query: string) =>
      (await ask(`/v1/deaths?format=ndjson&${query}`)).body.trimEnd().split('\n').length;
    expect(await count('host=db-1')).toBe(1);
    expect(await count('limit=700')).toBe(700);
    expect(await count('process=worker-3')).toBe(172);
  });

  test('as CSV keeps quotes and newlines in their cells, and starts no formula', async () => {
    const { body } = await ask('/v1/deaths?format=csv&host=db-1');
    const [head, row] = body.split('\r\n');
    expect(head).toMatch(/^id,host,pid,comm,exe,cmdline,/);
    expect(row).toContain(`db-1,9,'=1+1,`);
    expect(row).toContain(String.raw`"[""=cmd|calc"",""a \""quoted\"", one"",""two\nlines""]"`);
    expect(body.split('\r\n')).toHaveLength(3);
  });

  test('of events as CSV has in `more` what only their kind has', async () => {
    const { body } = await ask('/v1/events?format=csv&host=db-1');
    expect(body).toMatch(/^id,host,bootId,kind,source,at,receivedAt,more\r\n/);
    expect(body).toContain('""victim""');
  });

  test('with a wrong parameter is a problem and no half of a file', async () => {
    for (const query of ['cursor=x', 'limit=0', 'format=xml', 'nonsense=1']) {
      const { statusCode, headers } = await ask(`/v1/deaths?format=csv&${query}`);
      expect([query, statusCode]).toEqual([query, 400]);
      expect(headers['content-type']).toMatch('application/problem+json');
    }
  });
});

test('an answer that is as it was is told so in a few bytes', async () => {
  const first = await ask('/v1/deaths?host=db-1');
  const tag = String(first.headers['etag']);
  expect(first.headers['cache-control']).toBe('private, no-cache');
  const again = await ask('/v1/deaths?host=db-1', { 'if-none-match': tag });
  expect([again.statusCode, again.body]).toEqual([304, '']);
  const other = await ask('/v1/deaths?host=web-3', { 'if-none-match': tag });
  expect(other.statusCode).toBe(200);
});

test.each(['/v1/deaths?limit=100', '/v1/deaths?format=ndjson', '/v1/deaths?format=csv'])(
  '%s is packed for who takes gzip',
  async (url) => {
    const plain = await ask(url);
    const packed = await ask(url, { 'accept-encoding': 'gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.rawPayload.length * 5).toBeLessThan(plain.rawPayload.length);
    expect(gunzipSync(packed.rawPayload).equals(plain.rawPayload)).toBe(true);
  },
);

test('all wrong parameters are named at once', async () => {
  const { status, body } = await world.get<Problem>(
    '/v1/deaths?limit=0&since=yesterday&cause=boredom&colour=red&size=9',
  );
  expect(status).toBe(400);
  const named = body.errors?.map(({ field }) => field).sort();
  expect(named).toEqual(['cause', 'colour', 'limit', 'since', 'size']);
  expect(body.detail).toContain('limit: ');
  expect(named).toContain(body.field);
  const made = await world.post<Problem>('/v1/claims', { key: '', leaseSeconds: 'x' });
  expect(made.body.errors?.map(({ field }) => field).sort()).toEqual([
    ...['holder', 'key', 'leaseSeconds'],
  ]);
});

test('the documentation can be browsed, and loads nothing from elsewhere', async () => {
  const page = await world.api.inject('/docs/');
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-security-policy']).toMatch(/script-src 'self'/);
  expect(page.body).not.toMatch(/(?:src|href)="https?:/);
});
