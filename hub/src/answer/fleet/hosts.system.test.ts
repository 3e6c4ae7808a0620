import type { Event } from '@coroner/schema/event/event';
import type { IncidentPage } from '@coroner/schema/http/incidents';
import type { HostPage } from '@coroner/schema/http/pages';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDarkHosts } from '../../ingest/dark-hosts/look-for-dark-hosts.ts';
import { startLogDeaths } from '../../ingest/log-deaths/look-for-deaths.ts';
import { storeSafely } from '../../ingest/store-safely.ts';
import { inTransaction } from '../../store/database.ts';
import { saveHeartbeats } from '../../store/hosts/heartbeats.ts';
import { heartbeatOf } from '../../testing/agent.ts';
import { type StoredApi, startStoredApi } from '../../testing/stored-api.ts';

let hub: StoredApi;
beforeAll(async () => {
  hub = await startStoredApi();
});
afterAll(() => hub?.stop());

const log = pino({ level: 'silent' });
const nowMs = Date.now();
/** That many seconds ago. */
const ago = (seconds: number): string => new Date(nowMs - seconds * 1000).toISOString();

/** The host was last heard so many seconds ago. */
async function heard(host: string, seconds: number): Promise<void> {
  const at = ago(seconds);
  await inTransaction(hub.pool, (transaction) =>
    saveHeartbeats(transaction, [{ heartbeat: heartbeatOf(host, { sentAt: at }), receivedAt: at }]),
  );
}

async function stateOf(host: string) {
  const { body } = await hub.get<HostPage>(`/v1/hosts?host=${host}`);
  return body.items[0]?.state;
}

const boot = (host: string, at: string, more: object): Event => ({
  ...{ kind: 'boot', id: `boot-of-${host}`, source: 'agent', at, bootId: 'boot-1' },
  ...more,
});

/** Looks now at what may be a death. */
async function lookForDeaths(): Promise<void> {
  await hub.pool.query('update death_hints set due_at = now()');
  const looking = startLogDeaths({ pool: hub.pool, log, onBatch: () => {} });
  await looking.look();
  await looking.stop();
}

test('hosts are listed by the labels that their agents are configured with', async () => {
  for (const [host, labels] of [
    ['label-1', { role: 'web', env: 'prod' }],
    ['label-2', { role: 'db' }],
    ['label-3', {}],
  ] as const) {
    const heartbeat = heartbeatOf(host, { sentAt: ago(5), labels });
    await inTransaction(hub.pool, (transaction) =>
      saveHeartbeats(transaction, [{ heartbeat, receivedAt: ago(5) }]),
    );
  }
  const named = async (label: string) =>
    (await hub.get<HostPage>(`/v1/hosts?label=${label}`)).body.items.map(({ host }) => host);
  expect(await named('role')).toEqual(['label-1', 'label-2']);
  expect(await named('role=web')).toEqual(['label-1']);
  const { body } = await hub.get<HostPage>('/v1/hosts?host=label-1');
  expect(body.items[0]?.labels).toEqual({ role: 'web', env: 'prod' });
});

test('a reboot that somebody asked for, one that nobody is known to have asked for', async () => {
  for (const host of ['web-1', 'web-2']) {
    await heard(host, 5);
    await hub.store(host, [
      { kind: 'shutdown', id: `shutdown-${host}`, source: 'wtmp', at: ago(100) },
      boot(host, ago(60), { previousEnd: 'shutdown', previousBootId: 'boot-0' }),
    ]);
  }
  const privilege = (source: 'journal' | 'log', id: string): Event => ({
    ...{ kind: 'privilege', id, source, at: ago(110), user: 'ada', asUser: 'root' },
    command: '/usr/sbin/reboot now',
  });
  await hub.store('web-1', [privilege('journal', 'sudo-web-1')]);
  await hub.store('web-2', [privilege('log', 'forged-on-web-2')]);

  const asked = await stateOf('web-1');
  expect(asked).toMatchObject({ state: 'up', lastBoot: { how: 'rebooted' } });
  expect(asked?.text).toMatch(/^web-1 rebooted at .* after ada ran `\/usr\/sbin\/reboot now` at /);
  expect(asked?.evidence).toEqual(['boot-of-web-1', 'shutdown-web-1', 'sudo-web-1']);
  const nobody = await stateOf('web-2');
  expect(nobody?.text).toMatch(/who asked for it is not known$/);
  expect(nobody?.evidence).not.toContain('forged-on-web-2');
});

test('silent for a reason, and for none that is known', async () => {
  await heard('db-1', 400);
  expect(await stateOf('db-1')).toMatchObject({ state: 'silent', evidence: [] });
  expect((await stateOf('db-1'))?.text).toContain('nothing says why');

  await heard('db-2', 400);
  const stop: Event = {
    kind: 'agent-stop',
    id: 'stop-db-2',
    source: 'agent',
    at: ago(399),
    pid: 7,
  };
  await hub.store('db-2', [stop]);
  expect(await stateOf('db-2')).toMatchObject({ state: 'agent-stopped', evidence: ['stop-db-2'] });

  await heard('db-3', 400);
  await hub.store('db-3', [{ ...stop, id: 'stop-db-3', hostStopping: true }]);
  expect(await stateOf('db-3')).toMatchObject({ state: 'shut-down', evidence: ['stop-db-3'] });

  await heard('db-4', 400);
  await hub.store('db-4', [{ kind: 'shutdown', id: 'shutdown-db-4', source: 'log', at: ago(399) }]);
  expect(await stateOf('db-4')).toMatchObject({ state: 'silent' });
});

test('why a host was not heard for a while: its way was cut, its agent was gone, it booted', async () => {
  for (const host of ['cut-1', 'cut-2', 'cut-3']) {
    await heard(host, 600);
    const at = ago(5);
    const beat = { heartbeat: heartbeatOf(host, { sentAt: at }), receivedAt: at };
    const decoded = { subject: host, rows: [], heartbeats: [beat], rejects: [], stamps: [] };
    await storeSafely(hub.pool, [decoded], log);
  }
  const start: Event = {
    kind: 'agent-start',
    id: 'start-of-2',
    source: 'agent',
    at: ago(60),
    pid: 9,
  };
  await hub.store('cut-2', [start]);
  await hub.store('cut-3', [boot('cut-3', ago(90), {}), { ...start, id: 'start-of-3' }]);
  const silences = ['cut-1', 'cut-2', 'cut-3'].map(
    async (host) => (await stateOf(host))?.lastSilence?.why,
  );
  expect(await Promise.all(silences)).toEqual(['not-reached', 'agent-restarted', 'rebooted']);
});

test('the next boot shows a crash: one incident for those that crashed together', async () => {
  for (const [host, previousEnd] of [
    ['app-1', 'no-record'],
    ['app-2', 'panic'],
  ] as const) {
    await heard(host, 5);
    await hub.store(host, [
      boot(host, ago(30), {
        previousEnd,
        previousSeenAt: ago(300),
        text: previousEnd === 'panic' ? 'the kernel left a dump: Fatal exception' : 'wtmp has none',
      }),
    ]);
  }
  await lookForDeaths();
  const crash = await hub.get<{ verdict: object; evidence: object[] }>(
    '/v1/why?process=host&host=app-1',
  );
  expect(crash.body.verdict).toMatchObject({
    ...{ cause: 'host-crash', confidence: 'likely' },
    summary: expect.stringMatching(/^The host app-1 went down between .* without a shutdown/),
  });
  const { body } = await hub.get<IncidentPage>('/v1/incidents');
  expect(body.items).toMatchObject([
    { cause: 'host-crash', hosts: ['app-1', 'app-2'], title: '2 hosts crashed together' },
  ]);
  expect(await stateOf('app-2')).toMatchObject({ state: 'up', lastBoot: { how: 'crashed' } });
});

test('a rack that goes dark is one incident, and no crash; who said that he stops is not in it', async () => {
  for (const [index, host] of ['rack-1', 'rack-2', 'rack-3', 'rack-4'].entries())
    await heard(host, 200 + index * 10);
  await hub.store('rack-4', [
    { kind: 'agent-stop', id: 'stop-rack-4', source: 'agent', at: ago(230), pid: 7 },
  ]);
  let hearsAll = false;
  const options = { pool: hub.pool, log, hearsAll: () => hearsAll, onBatch: () => {} };
  const looking = startDarkHosts(options);
  await looking.look();
  await lookForDeaths();
  const silentOnes = async () =>
    (await hub.get<IncidentPage>('/v1/incidents')).body.items.filter(({ title }) =>
      title.includes('silent'),
    );
  expect(await silentOnes()).toEqual([]);
  hearsAll = true;
  await looking.look();
  await looking.look();
  await looking.stop();
  await lookForDeaths();
  expect(await silentOnes()).toMatchObject([
    { cause: 'unknown', deaths: 3, hosts: ['rack-1', 'rack-2', 'rack-3'] },
  ]);
  const told = await hub.get<{ verdict: { summary: string } }>('/v1/why?process=host&host=rack-2');
  expect(told.body.verdict.summary).toMatch(
    /^The host rack-2 is silent: not heard since .* with 2 other hosts/,
  );
});
