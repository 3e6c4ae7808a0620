import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { networkOf } from './networks.ts';
import { retryAfterMs, send } from './send.ts';

const loopback = { networks: [networkOf('127.0.0.0/8')], signal: new AbortController().signal };
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a message is posted with its headers, and taken by any 2xx', async () => {
  let got: { request: IncomingMessage; body: string } | undefined;
  const url = await listen(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    got = { request, body };
    response.writeHead(204).end();
  });
  const outcome = await send(`${url}/hook?a=1`, { 'webhook-id': 'msg_1' }, '{"ü":1}', loopback);
  expect(outcome).toEqual({ status: 204, reason: null, retryAfterMs: null });
  expect(got?.request).toMatchObject({
    ...{ method: 'POST', url: '/hook?a=1' },
    headers: { 'webhook-id': 'msg_1', 'content-type': 'application/json' },
  });
  expect(got?.body).toBe('{"ü":1}');
});

test('a redirect is not followed', async () => {
  let reached = 0;
  const target = await listen((_request, response) => {
    reached += 1;
    response.end();
  });
  const url = await listen((_request, response) =>
    response.writeHead(307, { location: target }).end(),
  );
  const { status, reason } = await send(url, {}, '{}', loopback);
  expect({ status, reason }).toEqual({
    status: 307,
    reason: 'it answered 307, and redirects are not followed',
  });
  expect(reached).toBe(0);
});

test('an address that is not allowed is not connected to, also where a name leads there', async () => {
  let reached = 0;
  const url = await listen((_request, response) => {
    reached += 1;
    response.end();
  });
  const nowhere = { ...loopback, networks: [] };
  expect((await send(url, {}, '{}', nowhere)).reason).toMatch('127.0.0.1 is no public address');
  const byName = url.replace('127.0.0.1', 'localhost');
  expect((await send(byName, {}, '{}', nowhere)).reason).toMatch('is no public address');
  expect((await send(byName, {}, '{}', loopback)).status).toBe(200);
  expect(reached).toBe(1);
});

test('no more of an answer is read than a bound', async () => {
  let sent = 0;
  let closed = (): void => {};
  const isClosed = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const url = await listen((_request, response) => {
    response.on('close', closed);
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384;
      sent += 16_384;
    };
    response.on('drain', more);
    more();
  });
  expect((await send(url, {}, '{}', loopback)).status).toBe(200);
  await isClosed;
  expect(sent).toBeGreaterThan(65_536);
});

test('who refuses the connection, or has no answer when the hub stops, is told as such', async () => {
  const url = await listen(() => {
    // It never answers.
  });
  const stopping = new AbortController();
  const sending = send(url, {}, '{}', { ...loopback, signal: stopping.signal });
  stopping.abort();
  expect(await sending).toMatchObject({ status: null, reason: expect.stringMatching(/abort/i) });
  const closed = await listen(() => {});
  const server = servers.pop();
  await new Promise((resolve) => server?.close(resolve));
  expect((await send(closed, {}, '{}', loopback)).reason).toMatch('ECONNREFUSED');
});

test.each([
  [undefined, null],
  ['120', 120_000],
  ['Sun, 29 Nov 2026 12:00:30 GMT', 30_000],
  ['Sun, 29 Nov 2020 12:00:30 GMT', 0],
  ['soon', null],
])('Retry-After: %s', (header, expected) => {
  expect(retryAfterMs(header, Date.UTC(2026, 10, 29, 12))).toBe(expected);
});
