import type { Answer } from '@coroner/schema/http/answer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hub } from '../main.ts';
import { batchOf } from '../testing/agent.ts';
import { killed } from '../testing/deaths.ts';
import { ask, startTestHub } from '../testing/hub.ts';
import { until } from '../testing/until.ts';
import { startWorld, type World } from '../testing/world.ts';

let world: World;
let hub: Hub;

beforeAll(async () => {
  world = await startWorld();
  hub = await startTestHub(world.nats.url, world.databaseUrl);
});

afterAll(async () => {
  await hub?.stop();
  await world?.stop();
});

const quarantined = (reason: string) =>
  until(
    () =>
      world.rows<{ reason: string; payload: string; payload_bytes: number }>(
        'select reason, payload, payload_bytes from quarantine where reason ~ $1',
        [reason],
      ),
    (rows) => rows.length > 0,
  );

const stored = (id: string) => world.count('select count(*) from events where id = $1', [id]);

test('a published death is answered', async () => {
  await world.agent.publish('web-3', [killed()]);
  const { body } = await until(
    () => ask<Answer>(hub.address, '/v1/why?process=nginx&host=web-3'),
    ({ status }) => status === 200,
  );
  expect(body.verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
  expect(body.actor?.cmdline).toEqual(['pkill', '-9', '-f', 'python']);
  expect(body.death).toMatchObject({ host: 'web-3', pid: 4121, signal: 'SIGKILL' });
});

test('the same events in other batches are stored once', async () => {
  const events = Array.from({ length: 20 }, (_, index) =>
    killed({ host: 'twice', pid: 100 + index }),
  );
  await world.agent.publish('twice', events);
  await world.agent.publish('twice', events.slice(5));
  await world.agent.publish('twice', [...events, ...events]);
  await world.agent.publish('twice', [killed({ host: 'twice', pid: 999 })]);
  await until(
    () => world.count(`select count(*) from deaths where host = 'twice'`),
    (n) => n === 21,
  );
  expect(await world.count(`select count(*) from events where host = 'twice'`)).toBe(21);
});

test('one bad event does not condemn its neighbours, and is kept with the reason', async () => {
  const good = killed({ host: 'mixed', pid: 7 });
  const batch = batchOf('mixed', [good]);
  const events = [
    { kind: 'no-such-kind', id: 'x'.repeat(10) },
    good,
    { ...good, id: 'y'.repeat(10), victim: 5 },
  ];
  await world.agent.raw('coroner.events.mixed', JSON.stringify({ ...batch, events }));
  await until(
    () => stored(good.id),
    (n) => n === 1,
  );
  await quarantined('^not a valid event: kind');
  const [row] = await quarantined('^not a valid event: victim');
  expect(JSON.parse(Buffer.from(row?.payload ?? '', 'base64').toString())).toMatchObject({
    host: 'mixed',
    bootId: batch.bootId,
    events: [{ victim: 5 }],
  });
});

test('a message that is no JSON is kept, cut at 64 KiB', async () => {
  await world.agent.raw('coroner.events.web-3', `{"broken": ${'x'.repeat(100_000)}`);
  const [row] = await quarantined('JSON');
  expect(row?.payload_bytes).toBeGreaterThan(100_000);
  expect(Buffer.from(row?.payload ?? '', 'base64')).toHaveLength(64 * 1024);
});

test('nobody can speak for another host', async () => {
  const forged = killed({ host: 'victim-host', pid: 66 });
  await world.agent.raw('coroner.events.evil', JSON.stringify(batchOf('victim-host', [forged])));
  await quarantined('the subject belongs to host evil, the message says victim-host');
  expect(await stored(forged.id)).toBe(0);
});

test('values that Postgres cannot hold are kept out, one by one', async () => {
  const good = killed({ host: 'range', pid: 1 });
  const hugePid = {
    ...killed({ host: 'range', pid: 2 }),
    victim: { ...good.victim, pid: 2 ** 40 },
  };
  const year = killed({ host: 'range', pid: 3, more: { at: '9998-01-01T00:00:00Z' } });
  await world.agent.publish('range', [good, hugePid, year]);
  await until(
    () => stored(good.id),
    (n) => n === 1,
  );
  await quarantined('pid 1099511627776 is out of range');
  await quarantined('at 9998-01-01T00:00:00Z is out of range');
});

test('hostile names are stored readably: NUL, lone surrogates, newlines, markup', async () => {
  const death = killed({
    host: 'hostile',
    pid: 9,
    comm: 'a\0b\ud800<!channel>\n',
    cmdline: ['\0', 'x'.repeat(1000)],
  });
  await world.agent.publish('hostile', [death]);
  const { body } = await until(
    () => ask<Answer>(hub.address, '/v1/why?pid=9&host=hostile'),
    ({ status }) => status === 200,
  );
  expect(body.death.comm).toBe('a\u2400b\ufffd<!channel>\n');
  expect(body.death.cmdline[0]).toBe('\u2400');
});

test('heartbeats tell what is watched; a silence and a missing source are gaps', async () => {
  const sources = [{ source: 'audit', state: 'missing' as const, why: 'auditd is not running' }];
  const longAgo = new Date(Date.now() - 600_000).toISOString();
  await world.agent.heartbeat('gappy', { sentAt: longAgo, sources });
  await until(
    () => world.count(`select count(*) from hosts where host = 'gappy'`),
    (n) => n === 1,
  );
  await world.rows(
    `update hosts set last_seen_at = last_seen_at - interval '10 minutes' where host = 'gappy'`,
  );
  await world.agent.publish('gappy', [killed({ host: 'gappy', pid: 5 })]);
  const path = '/v1/why?pid=5&host=gappy';
  const { body } = await until(
    () => ask<Answer>(hub.address, path),
    ({ status }) => status === 200,
  );
  expect(body.gaps).toContain('audit is missing on gappy: auditd is not running');
  expect(body.gaps.join()).toContain('no heartbeat of gappy since');
  // What is watched later says nothing about what was watched then.
  await world.agent.heartbeat('gappy', { sources: [] });
  const later = await until(
    () => ask<Answer>(hub.address, path),
    ({ body }) => body.gaps.join().includes('no heartbeat came'),
  );
  expect(later.body.gaps.join()).toContain('audit is missing');
  expect(
    await world.count(`select count(*) from events where kind = 'gap' and host = 'gappy'`),
  ).toBe(1);
});

test('a death that only the kernel log knows is answered; a record of the probe replaces it', async () => {
  const at = new Date().toISOString();
  const report = {
    kind: 'oom-kill' as const,
    source: 'kmsg' as const,
    at,
    pid: 61,
    comm: 'redis-server',
    constraint: 'none' as const,
    anonRssKb: 1024,
  };
  await world.agent.publish('logged', [
    { ...report, id: 'report-in-kmsg' },
    { ...report, id: 'report-in-syslog', source: 'log' },
  ]);
  const path = '/v1/why?process=redis-server&host=logged';
  const { body } = await until(
    () => ask<Answer>(hub.address, path),
    ({ status }) => status === 200,
  );
  expect(body.verdict.cause).toBe('oom-host');
  expect(body.death).toMatchObject({ pid: 61, signal: 'SIGKILL' });
  const death = killed({
    host: 'logged',
    pid: 61,
    comm: 'redis-server',
    at,
    more: { signals: [], oomMarked: true },
  });
  await world.agent.publish('logged', [death]);
  const later = await until(
    () => ask<Answer>(hub.address, path),
    ({ body }) => body.death.id === death.id,
  );
  expect(later.body.verdict.cause).toBe('oom-host');
  expect(await world.count(`select count(*) from deaths where host = 'logged'`)).toBe(1);
  const [incident] = await world.rows(
    `select deaths, death_id from incidents where hosts = '{logged}'`,
  );
  expect(incident).toEqual({ deaths: 1, death_id: death.id });
});
