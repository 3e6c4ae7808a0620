import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { until } from '@coroner/hub/dist/testing/until.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../../bot/bin/coroner.js', import.meta.url));

let world: World;
let hub: HubProcess;
const children: ChildProcess[] = [];

beforeAll(async () => {
  world = await startWorld();
  hub = await startHubProcess(world.nats.url, world.databaseUrl);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await hub?.end('SIGTERM');
  await world?.stop();
});

function coroner(...words: string[]) {
  const child = spawn(process.execPath, [program, ...words], {
    env: {
      PATH: process.env['PATH'],
      CORONER_API_URL: hub.address,
      CORONER_API_TOKEN: testToken,
      TZ: 'UTC',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  return {
    out: (isDone: (out: string) => boolean) => until(() => said.out, isDone),
    err: (part: string) =>
      until(
        () => said.err,
        (err) => err.includes(part),
      ),
    closed: async () => ({ status: (await closed)[0], ...said }),
    end(signal: NodeJS.Signals) {
      child.kill(signal);
      return this.closed();
    },
  };
}

const die = (...deaths: Parameters<typeof killed>[0][]) =>
  world.agent.publish(
    'web-3',
    deaths.map((death) => killed({ host: 'web-3', ...death })),
  );
const pidsIn = (out: string): string[] =>
  [...out.matchAll(/web-3 +nginx +(\d+) /g)].map(([, pid = '']) => pid);

it('deaths --follow prints each that fits once, also what came while no hub was there', async () => {
  const following = coroner('deaths', '--follow', '--process', 'nginx');
  await following.err('Following');
  await die({ pid: 1 }, { pid: 2, comm: 'postgres', exe: '/usr/bin/postgres' });
  await following.out((out) => pidsIn(out).length === 1);
  await hub.end('SIGKILL');
  await following.err('Trying again');
  await die({ pid: 3 }, { pid: 4 });
  const port = new URL(hub.address).port;
  hub = await startHubProcess(world.nats.url, world.databaseUrl, { CORONER_API_PORT: port });
  await following.out((out) => pidsIn(out).length === 3);
  await following.err('Connected again');
  await die({ pid: 5 });
  await following.out((out) => out.includes(' 5 '));
  const { status, out } = await following.end('SIGINT');
  expect(status).toBe(0);
  expect(pidsIn(out).sort()).toEqual(['1', '3', '4', '5']);
  expect(out).not.toContain('postgres');
  expect(out.match(/^DIED /gm)).toHaveLength(1);
});

it('incidents --follow --json prints a line as an incident begins and grows, whatever names are', async () => {
  const following = coroner('incidents', '--follow', '--json', '--host', 'web-3');
  await following.err('Following');
  const hostile = { comm: 'evil\u001b[2J\nroot', killer: { user: 'eve', startUs: 7, pid: 77 } };
  await die({ pid: 11, ...hostile });
  await following.out((out) => out.includes('"deaths":1'));
  await die({ pid: 12, ...hostile });
  await following.out((out) => out.includes('"deaths":2'));
  const { status, out } = await following.end('SIGTERM');
  expect(status).toBe(0);
  const lines = out.trimEnd().split('\n');
  const rows = lines.map((line) => JSON.parse(line) as { id: string; deaths: number });
  expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
  expect(rows.map(({ deaths }) => deaths)).toEqual([...new Set(rows.map((row) => row.deaths))]);
});

it.each([
  [['deaths', '--follow', '--since', 'yesterday'], '--since'],
  [['deaths', '--follow', '--cause', 'boredom'], 'cause'],
  [['hosts', '--follow'], '--follow'],
])('%j is refused with status 2', async (words, named) => {
  expect(await coroner(...words).closed()).toMatchObject({
    ...{ status: 2, out: '', err: expect.stringContaining(named) },
  });
});
