import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type HubClient, hubClient } from './hub-client.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
});

async function hubThat(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<HubClient> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return hubClient({ url: `http://127.0.0.1:${port}`, token: 'token' });
}

const alert = {
  ...{
    id: 'i',
    title: 'nginx was killed',
    cause: 'signal-from-process',
    deaths: 1,
    hosts: ['web-1'],
  },
  ...{ firstAt: '2026-11-23T03:12:07.000Z', lastAt: '2026-11-23T03:12:07.000Z' },
  ...{ revision: 1, deathId: 'd' },
};
const problem = (status: number, detail: string) =>
  JSON.stringify({ type: 'urn:coroner:problem:x', title: 'x', status, detail });

it('sends the token and the question, and says what the hub says of what does not exist', async () => {
  let seen = '';
  const hub = await hubThat((request, response) => {
    seen = `${request.url} ${request.headers.authorization}`;
    response.writeHead(404).end(problem(404, 'no death of nginx'));
  });
  const asked = hub.call('GET /v1/why', { query: { process: 'a&b c', pid: 1 } });
  await expect(asked).rejects.toMatchObject({
    kind: 'not-found',
    problem: { detail: 'no death of nginx' },
    raw: { type: 'urn:coroner:problem:x' },
  });
  expect(seen).toBe('/v1/why?process=a%26b+c&pid=1 Bearer token');
});

it('puts names of any letters into a path, and a body beside it', async () => {
  let seen = '';
  const hub = await hubThat(async (request, response) => {
    const chunks = await request.toArray();
    seen = `${request.method} ${request.url} ${Buffer.concat(chunks)}`;
    response.writeHead(409).end(problem(409, 'bob was first'));
  });
  const path = { id: 'a/../b ?' };
  const body = { id: 'by-click-1', kind: 'acknowledge' } as const;
  const asked = hub.call('POST /v1/incidents/{id}/actions', { path, body });
  await expect(asked).rejects.toMatchObject({ kind: 'conflict' });
  expect(seen).toBe(`POST /v1/incidents/a%2F..%2Fb%20%3F/actions ${JSON.stringify(body)}`);
});

it('names every field that is wrong', async () => {
  const errors = [
    { field: 'since', detail: 'is no time' },
    { field: 'limit', detail: 'too big' },
  ];
  const hub = await hubThat(
    (_, response) =>
      void response
        .writeHead(400)
        .end(JSON.stringify({ ...JSON.parse(problem(400, 'wrong')), errors })),
  );
  const asked = hub.call('GET /v1/deaths', { query: { since: 'x', limit: 9999 } });
  await expect(asked).rejects.toMatchObject({ kind: 'bad-request', fields: errors });
});

it('reads a list page by page, as far as somebody takes it', async () => {
  const asked: (string | undefined)[] = [];
  const hub = await hubThat((request, response) => {
    asked.push(request.url);
    const page = new URL(request.url ?? '', 'http://hub').searchParams.get('cursor') ?? '0';
    const items = [
      { ...alert, id: `${page}a` },
      { ...alert, id: `${page}b` },
    ];
    response.end(JSON.stringify({ items, next: String(Number(page) + 1) }));
  });
  const ids: string[] = [];
  for await (const { id } of hub.items('GET /v1/incidents', { query: { host: 'web-1' } })) {
    ids.push(id);
    if (ids.length === 3) break;
  }
  expect(ids).toEqual(['0a', '0b', '1a']);
  expect(asked).toEqual([
    '/v1/incidents?limit=1000&host=web-1',
    '/v1/incidents?limit=1000&host=web-1&cursor=1',
  ]);
});

it('is not told again what is as it was', async () => {
  const statuses: number[] = [];
  const hub = await hubThat((request, response) => {
    const status = request.headers['if-none-match'] === 'W/"1"' ? 304 : 200;
    statuses.push(status);
    response.writeHead(status, { etag: 'W/"1"' }).end(status === 200 ? page : '');
  });
  const ask = () => hub.call('GET /v1/incidents', { query: { state: 'open' } });
  const page = JSON.stringify({ items: [alert], next: null });
  expect(await ask()).toEqual(await ask());
  expect((await ask()).items).toHaveLength(1);
  expect(statuses).toEqual([200, 304, 304]);
  await hub.call('GET /v1/incidents', { query: { state: 'resolved' } });
  expect(statuses.at(-1)).toBe(200);
});

it('gives a picture as it is', async () => {
  const png = Buffer.from([0x89, 0x50, 0xff, 0x00]);
  const hub = await hubThat((_, response) => void response.end(png));
  const drawn = await hub.picture('GET /v1/deaths/{id}/picture', 'd');
  expect(Buffer.from(drawn)).toEqual(png);
});

it('asks again when the hub stumbles', async () => {
  let times = 0;
  const hub = await hubThat((request, response) => {
    times += 1;
    if (times === 1) request.socket.destroy();
    else if (times === 2) response.writeHead(503).end('<html>');
    else response.end('{"items":[],"next":null}');
  });
  expect(await hub.call('GET /v1/deaths')).toEqual({ items: [], next: null });
});

it.each([
  [401, problem(401, 'wrong token'), 'refused', /CORONER_API_TOKEN.*wrong token/],
  [400, problem(400, 'at: no time'), 'bad-request', /at: no time/],
  [409, problem(409, 'taken'), 'conflict', /taken/],
  [500, problem(500, 'oops'), 'failed', /in trouble: oops/],
  [200, '<html>', 'malformed', /not JSON/],
  [200, '{"verdict":{}}', 'malformed', /GET \/v1\/why is not what.*verdict/],
])('turns status %i into a clear error', async (status, body, kind, message) => {
  const hub = await hubThat((_, response) => void response.writeHead(status).end(body));
  await expect(hub.call('GET /v1/why', { query: { process: 'nginx' } })).rejects.toMatchObject({
    kind,
    message: expect.stringMatching(message),
  });
});

it('names the address that it cannot reach', async () => {
  const hub = hubClient({ url: 'http://127.0.0.1:1', token: null });
  await expect(hub.call('GET /v1/why', { query: { process: 'nginx' } })).rejects.toMatchObject({
    kind: 'unreachable',
    message: expect.stringContaining('http://127.0.0.1:1'),
  });
});
