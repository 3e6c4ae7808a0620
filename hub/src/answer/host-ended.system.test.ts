import type { Event } from '@coroner/schema/event/event';
import type { Answer } from '@coroner/schema/http/answer';
import type { IncidentPage } from '@coroner/schema/http/incidents';
import type { DeathPage } from '@coroner/schema/http/pages';
import type { Problem } from '@coroner/schema/http/problem';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDarkHosts } from '../ingest/dark-hosts/look-for-dark-hosts.ts';
import { storeSafely } from '../ingest/store-safely.ts';
import { heartbeatOf } from '../testing/agent.ts';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';

let hub: StoredApi;
beforeAll(async () => {
  hub = await startStoredApi();
});
afterAll(() => hub?.stop());

const log = pino({ level: 'silent' });
const nowMs = Date.now();
const ago = (seconds: number): string => new Date(nowMs - seconds * 1000).toISOString();

/** The host came up so many seconds ago, and had been seen last before. */
const boot = (host: string, seconds: number, seenSeconds: number, more: object = {}): Event => ({
  ...{ kind: 'boot', id: `boot-of-${host}`, source: 'agent', at: ago(seconds), bootId: 'boot-1' },
  ...{ previousBootId: 'boot-0', previousSeenAt: ago(seenSeconds) },
  ...{ previousEnd: 'no-record', text: 'wtmp has this boot, but no shutdown', ...more },
});

async function beat(host: string, seconds: number): Promise<void> {
  const at = ago(seconds);
  const heartbeat = { heartbeat: heartbeatOf(host, { sentAt: at }), receivedAt: at };
  const decoded = { subject: host, rows: [], heartbeats: [heartbeat], rejects: [], stamps: [] };
  await storeSafely(hub.pool, [decoded], log);
}

const why = <Body = Answer>(query: string) => hub.get<Body>(`/v1/why?${query}`);

test('a host that crashed is found when it was last seen, and in the answer about what ran on it', async () => {
  const nginx = killed({ host: 'web-1', pid: 7, comm: 'nginx', at: ago(50_000) });
  await hub.store('web-1', [nginx, boot('web-1', 600, 2_000)]);
  await hub.lookForLogDeaths();
  const { body: crash } = await why(`process=host&host=web-1&at=${ago(2_000)}`);
  expect(crash.verdict.cause).toBe('host-crash');
  expect(Date.parse(crash.death.diedAt)).toBe(Date.parse(ago(2_000)));

  const { body: answer } = await why('process=nginx&host=web-1');
  expect(answer.death.id).toBe(nginx.id);
  expect(answer.hostEnded).toMatchObject({ host: 'web-1', deathId: crash.death.id });
  expect(answer.hostEnded?.text).toMatch(/^web-1 itself went down at about .*, after this death: /);
  expect(crash.hostEnded).toBeUndefined();

  const { body: about } = await why(`process=nginx&host=web-1&at=${ago(1_900)}`);
  expect(about.hostEnded?.deathId).toBe(crash.death.id);
  const { body: older } = await why(`process=nginx&host=web-1&at=${ago(50_010)}`);
  expect(older.hostEnded).toBeUndefined();

  const later = killed({ host: 'web-1', pid: 8, comm: 'nginx', at: ago(60) });
  await hub.store('web-1', [later]);
  expect((await why('process=nginx&host=web-1')).body.hostEnded).toBeUndefined();
});

test('nothing is known of a process whose host crashed: the crash is the first candidate', async () => {
  await hub.store('web-2', [
    killed({ host: 'web-2', pid: 7, comm: 'java', at: ago(90_000) }),
    boot('web-2', 600, 2_000),
  ]);
  await hub.lookForLogDeaths();
  const { status, body } = await why<Problem>('process=redis-server&host=web-2');
  expect(status).toBe(404);
  expect(body.candidates?.[0]).toMatchObject({ host: 'web-2', comm: 'host' });
  expect(body.hostEnded).toMatchObject({ cause: 'host-crash' });
  expect(body.detail).toContain('web-2 itself went down at about');
});

test('what went dark together and shows to have crashed is one death and one incident a host', async () => {
  const hosts = ['rack-1', 'rack-2', 'rack-3'];
  for (const host of hosts) await beat(host, 400);
  const options = { pool: hub.pool, log, hearsAll: () => true, onBatch: () => {} };
  const looking = startDarkHosts(options);
  await looking.look();
  await looking.stop();
  await hub.lookForLogDeaths();
  const incident = async () =>
    (await hub.get<IncidentPage>('/v1/incidents?host=rack-1')).body.items.map(
      ({ title, deaths }) => [title, deaths],
    );
  expect(await incident()).toEqual([['3 hosts went silent together', 3]]);

  for (const [place, host] of hosts.entries())
    await hub.store(host, [boot(host, 200 - place * 60, 410)]);
  await hub.lookForLogDeaths();
  expect(await incident()).toEqual([['3 hosts crashed together', 3]]);
  const { body } = await hub.get<DeathPage>('/v1/deaths?host=rack-2');
  expect(body.items).toMatchObject([{ comm: 'host', cause: 'host-crash' }]);
});

test('a rack whose network was cut did not go down', async () => {
  const hosts = ['cut-1', 'cut-2', 'cut-3'];
  for (const host of hosts) await beat(host, 500);
  const options = { pool: hub.pool, log, hearsAll: () => true, onBatch: () => {} };
  const looking = startDarkHosts(options);
  await looking.look();
  await looking.stop();
  await hub.lookForLogDeaths();
  for (const host of hosts) await beat(host, 10);
  const { body } = await why('process=host&host=cut-2');
  expect(body.verdict.summary).toMatch(/ was not heard from .* and did not boot meanwhile/);
});

test('a silence that is over is told, with its end, where the question points into it', async () => {
  await beat('edge-1', 7_200);
  await beat('edge-1', 3_600);
  await beat('edge-1', 5);
  const { body } = await why<Problem>(`process=nginx&host=edge-1&at=${ago(5_000)}`);
  expect(body.gaps).toEqual([
    expect.stringMatching(/^the agent of edge-1 was silent from .* to .*: what it did not keep/),
  ]);
  const [gap] = body.gaps ?? [];
  const [since = '', until = ''] = gap?.match(/\d{4}-[^ ]+Z/g) ?? [];
  expect([since, until].map((at) => Date.parse(at))).toEqual(
    [ago(7_200), ago(3_600)].map((at) => Date.parse(at)),
  );
});
