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

const problem = (status: number, detail: string) =>
  JSON.stringify({ type: 'urn:coroner:problem:x', title: 'x', status, detail });

it('sends the token and the question, and returns what does not exist as such', async () => {
  let seen = '';
  const hub = await hubThat((request, response) => {
    seen = `${request.url} ${request.headers.authorization}`;
    response.writeHead(404).end(problem(404, 'no death of nginx'));
  });
  const result = await hub.why({ process: 'a&b c', pid: 1 });
  expect(result).toMatchObject({ found: false, problem: { detail: 'no death of nginx' } });
  expect(seen).toBe('/v1/why?process=a%26b+c&pid=1 Bearer token');
});

it('asks again when the hub stumbles', async () => {
  let times = 0;
  const hub = await hubThat((request, response) => {
    times += 1;
    if (times === 1) request.socket.destroy();
    else if (times === 2) response.writeHead(503).end('<html>');
    else response.end('{"items":[],"next":null}');
  });
  expect(await hub.deaths({})).toEqual({ items: [], next: null });
});

it.each([
  [401, problem(401, 'wrong token'), 'refused', /CORONER_API_TOKEN.*wrong token/],
  [400, problem(400, 'at: no time'), 'bad-request', /at: no time/],
  [409, problem(409, 'taken'), 'conflict', /taken/],
  [500, problem(500, 'oops'), 'failed', /in trouble: oops/],
  [200, '<html>', 'malformed', /not JSON/],
  [200, '{"verdict":{}}', 'malformed', /not an answer.*verdict/],
])('turns status %i into a clear error', async (status, body, kind, message) => {
  const hub = await hubThat((_, response) => void response.writeHead(status).end(body));
  await expect(hub.why({ process: 'nginx' })).rejects.toMatchObject({
    kind,
    message: expect.stringMatching(message),
  });
});

it('names the address that it cannot reach', async () => {
  const hub = hubClient({ url: 'http://127.0.0.1:1', token: null });
  await expect(hub.why({ process: 'nginx' })).rejects.toMatchObject({
    kind: 'unreachable',
    message: expect.stringContaining('http://127.0.0.1:1'),
  });
});
