import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { hubClient } from './hub-client.ts';
import type { StreamItem, StreamOptions } from './stream.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
});

/** A hub that answers the nth request for its stream so; what it was asked behind. */
async function hubThat(answer: (response: ServerResponse, nth: number) => void) {
  const asked: IncomingMessage[] = [];
  server = createServer((request, response) => {
    asked.push(request);
    answer(response, asked.length);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const hub = hubClient({ url: `http://127.0.0.1:${port}`, token: 'token' });
  const lastIds = () => asked.map(({ headers }) => headers['last-event-id'] ?? null);
  return { hub, asked, lastIds };
}

const head = (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'text/event-stream' });
const incident = (id: number, title = 'nginx was killed') => {
  const at = '2026-11-23T03:12:07.000Z';
  const data = {
    ...{ id: `i${id}`, title, cause: 'signal-from-process', deaths: 1, hosts: ['web-1'] },
    ...{ firstAt: at, lastAt: at, revision: 1, deathId: 'd' },
  };
  return `event: incident\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
};

/** Takes so many items, and lets go. */
async function take(
  stream: (options: StreamOptions) => AsyncGenerator<StreamItem, void>,
  count: number,
  more: Partial<StreamOptions> = {},
): Promise<string[]> {
  const taken: string[] = [];
  const signal = new AbortController().signal;
  for await (const item of stream({ signal, ...more })) {
    taken.push(item.event === 'missed' ? 'missed' : item.data.id);
    if (taken.length === count) break;
  }
  return taken;
}

it('goes on behind the last item after a loss, and asks for what was wanted', async () => {
  const { hub, asked, lastIds } = await hubThat((response, nth) => {
    head(response);
    if (nth === 1) response.end(`event: position\nid: 6\ndata: {}\n\n${incident(7)}`);
    if (nth === 2) response.write(incident(8), () => response.destroy());
    if (nth === 3) response.write(incident(9));
  });
  const lost: string[] = [];
  const options = {
    query: { host: 'web-1' },
    onLost: ({ kind }: Error & { kind: string }) => void lost.push(kind),
  };
  expect(await take(hub.stream, 3, options)).toEqual(['i7', 'i8', 'i9']);
  expect(lastIds()).toEqual([null, '7', '8']);
  expect(asked.map(({ url }) => url)).toEqual(Array(3).fill('/v1/stream?host=web-1'));
  expect(asked[0]?.headers.authorization).toBe('Bearer token');
  expect(lost).toEqual(['unreachable', 'unreachable']);
});

it('knows where it stands before the first item', async () => {
  const { hub, lastIds } = await hubThat((response, nth) => {
    head(response);
    if (nth === 1) response.end('event: position\nid: 41\ndata: {}\n\n');
    else response.write(incident(42));
  });
  expect(await take(hub.stream, 1)).toEqual(['i42']);
  expect(lastIds()).toEqual([null, '41']);
});

it('passes over what it does not know, takes letters that come in pieces, and says what was missed', async () => {
  const { hub, lastIds } = await hubThat((response) => {
    const bytes = Buffer.from(incident(2, 'größer 🔪'));
    const middle = bytes.indexOf('🔪') + 2;
    head(response).write('event: missed\ndata: {"after":"1"}\n\n');
    response.write(':\n\nevent: weather\nid: 1\ndata: rain\n\n');
    response.write(bytes.subarray(0, middle), () => response.write(bytes.subarray(middle)));
  });
  expect(await take(hub.stream, 2, { after: '1' })).toEqual(['missed', 'i2']);
  expect(lastIds()).toEqual(['1']);
});

it('comes back while the hub stumbles, once it was there', async () => {
  const { hub, lastIds } = await hubThat((response, nth) => {
    if (nth === 1) head(response).end(incident(1));
    else if (nth < 4) response.writeHead(503).end('{}');
    else head(response).write(incident(2));
  });
  let lost = 0;
  const onLost = () => {
    lost += 1;
  };
  expect(await take(hub.stream, 2, { onLost })).toEqual(['i1', 'i2']);
  expect(lastIds()).toEqual([null, '1', '1', '1']);
  expect(lost).toBe(1);
});

it.each<[string, (response: ServerResponse, nth: number) => void, object]>([
  ['it was never there', (response) => response.writeHead(503).end('{}'), { kind: 'failed' }],
  ['the token is wrong', (response) => response.writeHead(401).end('{}'), { kind: 'refused' }],
  [
    'the token ends',
    (response) => head(response).end('event: refused\ndata: {}\n\n'),
    { kind: 'refused' },
  ],
  ['it has no stream', (response) => response.end('<html>'), { kind: 'malformed' }],
  [
    'it says what this version does not understand',
    (response) => head(response).write('event: death\nid: 1\ndata: {"id":7}\n\n'),
    { kind: 'malformed', message: expect.stringContaining('death') },
  ],
])('throws where %s', async (_, answer, error) => {
  const { hub } = await hubThat(answer);
  await expect(take(hub.stream, 1)).rejects.toMatchObject(error);
});

it('ends when it is told to, also between two attempts', async () => {
  const ending = new AbortController();
  const { hub } = await hubThat((response) => head(response).end(incident(1)));
  const heard: StreamItem[] = [];
  const onLost = () => ending.abort();
  for await (const item of hub.stream({ signal: ending.signal, onLost })) heard.push(item);
  expect(heard).toHaveLength(1);
});
