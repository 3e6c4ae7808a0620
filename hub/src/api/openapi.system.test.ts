import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';

interface Parameter {
  name: string;
  in: 'query' | 'path';
  schema: { type?: string; enum?: string[] };
}
interface Operation {
  summary: string;
  parameters?: Parameter[];
  responses: Record<string, object>;
  requestBody?: object;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}

/** The contract's endpoints. */
const contract = [
  ...['/v1/why', '/v1/deaths', '/v1/deaths/{id}', '/v1/events', '/v1/incidents'],
  ...['/v1/incidents/{id}', '/v1/hosts', '/v1/hosts/{host}/timeline', '/v1/logins'],
  ...[
    '/v1/cron-jobs',
    '/v1/stats',
    '/v1/stream',
    '/v1/claims',
    '/v1/events',
    '/healthz',
    '/readyz',
  ],
];

const cursorOf = (...parts: unknown[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

/** What breaks out of SQL, paths, JSON and numbers. */
const hostile: readonly string[] = [
  `' or '1'='1`,
  `'; drop table deaths; --`,
  `$1::text) union select 1 --`,
  `"`,
  '\\',
  '%',
  '_',
  '\0',
  'a\0b',
  '\ud800',
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '$'.concat('{jndi:ldap://x}'),
  '\r\nX-Injected: 1',
  '-1',
  '0',
  '1e309',
  'NaN',
  '99999999999999999999',
  '2147483648',
  '9223372036854775808',
  '1970-01-01T00:00:00Z',
  '2199-12-31T23:59:59.999999999Z',
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  'infinity',
  'now()',
  '',
  ' ',
  '[]',
  'null',
  'constructor',
  '__proto__',
  '🔪'.repeat(100),
  'x'.repeat(900),
  'x'.repeat(7_000),
  cursorOf('0000-01-01T00:00:00Z', 'x'),
  cursorOf('2026-08-01T00:00:00Z', "' or 1=1"),
  cursorOf('2026-08-01T00:00:00Z', 'x'.repeat(700)),
  cursorOf("' or 1=1", '2', '3'),
  cursorOf('a', 'b', '99999999999'),
  cursorOf('a', 'b', '-1'),
  cursorOf("'"),
  cursorOf(),
  cursorOf({}, []),
];

let world: StoredApi;
let document: Document;

beforeAll(async () => {
  world = await startStoredApi();
  await world.store('web-3', [killed({ at: '2026-08-01T03:00:00Z' })]);
  document = (await world.get<Document>('/openapi.json')).body;
});
afterAll(() => world?.stop());

/** All operations but the endless stream. */
const reads = (): [string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    methods['get'] && path !== '/v1/stream' ? [[path, methods['get']] as [string, Operation]] : [],
  );

/** Encoded by hand: a lone surrogate is no argument for encodeURIComponent. */
const encoded = (value: string): string =>
  encodeURIComponent(Buffer.from(value).toString()).replaceAll('..', '%2E%2E');

const fill = (path: string, value: string): string => path.replace(/\{\w+\}/g, encoded(value));

test('the document is OpenAPI 3.1 and has every endpoint of the contract', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(contract));
});

test('every endpoint says what it answers, and under /v1 which problems', () => {
  for (const [path, methods] of Object.entries(document.paths))
    for (const operation of Object.values(methods)) {
      expect(operation.summary).toBeTruthy();
      expect(Object.keys(operation.responses)).toContain('200');
      if (path.startsWith('/v1/'))
        expect(Object.keys(operation.responses)).toEqual(
          expect.arrayContaining(['400', '401', '503']),
        );
    }
});

/** Parameters without which there is no question. */
const needed: Readonly<Record<string, string>> = {
  '/v1/why': '?process=nginx',
  '/v1/claims': '?key=x',
  '/v1/search': '?q=nginx',
};

test('every documented read answers, with the documented status', async () => {
  for (const [path, operation] of reads()) {
    const query = needed[path] ?? '';
    const { status } = await world.get(fill(path, 'nobody') + query);
    expect(Object.keys(operation.responses), path).toContain(String(status));
    expect([200, 404], path).toContain(status);
  }
});

describe('hostile values never make the hub fail', () => {
  test('in every parameter', async () => {
    let asked = 0;
    for (const [path, operation] of reads())
      for (const parameter of operation.parameters ?? [])
        for (const value of hostile) {
          const url =
            parameter.in === 'path'
              ? fill(path, value)
              : `${fill(path, 'web-3')}?${parameter.name}=${encoded(value)}`;
          const { status } = await world.get<object>(url);
          expect([200, 400, 404, 414], `${url.slice(0, 200)} → ${status}`).toContain(status);
          asked += 1;
        }
    expect(asked).toBeGreaterThan(1_000);
  });

  test('as names of parameters, repeated, and as bytes that are no UTF-8', async () => {
    for (const [path] of reads())
      for (const query of [
        ...hostile.filter((name) => name !== '').map((name) => `${encoded(name)}=1`),
        'host=a&host=b',
        'limit=1&limit=2',
        'host[]=a',
        'host=%ff%fe',
        'host=%',
        '%',
      ]) {
        const { status } = await world.get(`${fill(path, 'web-3')}?${query}`);
        expect(status, `${path}?${query}`).toBeLessThan(500);
      }
  });

  test('in bodies', async () => {
    const headers = { authorization: 'Bearer secret-of-this-test' };
    for (const [path, methods] of Object.entries(document.paths))
      for (const method of ['post', 'put', 'patch'] as const) {
        if (!methods[method]) continue;
        const values = [...hostile, null, 1, [], {}, { host: 1 }, { host: 'a', events: [1, {}] }];
        for (const value of values)
          for (const payload of [
            JSON.stringify(value),
            JSON.stringify({ key: value, holder: value, leaseSeconds: 5, value }),
            JSON.stringify({ host: value, events: [{ kind: value, id: value, at: value }] }),
          ]) {
            const { statusCode } = await world.api.inject({
              method: method.toUpperCase() as 'POST' | 'PUT' | 'PATCH',
              url: path,
              headers: { ...headers, 'content-type': 'application/json' },
              payload,
            });
            expect(statusCode, `${method} ${path} ${payload.slice(0, 200)}`).toBeLessThan(500);
          }
      }
  });

  test('and everything is still there', async () => {
    const { body } = await world.get<{ items: object[] }>('/v1/deaths');
    expect(body.items).toHaveLength(1);
  });
});
