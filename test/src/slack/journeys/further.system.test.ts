import { ask } from '@coroner/bot/conversation/conversation';
import type { Context } from '@coroner/bot/conversation/turn';
import { printReply } from '@coroner/bot/terminal/print-reply';
import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import { type HubClient, hubClient } from '@coroner/schema/client/hub-client';
import type { Event } from '@coroner/schema/event/event';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../stage/until.ts';

const minuteMs = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * minuteMs).toISOString();

let world: World;
let process: HubProcess;
let hub: HubClient;

beforeAll(async () => {
  world = await startWorld();
  process = await startHubProcess(world.nats.url, world.databaseUrl);
  hub = hubClient({ url: process.address, token: testToken });
});
afterAll(async () => {
  await process?.end('SIGTERM');
  await world?.stop();
});

/** What a terminal would show, and the context for the next question. */
async function say(text: string, previous: Context | null = null) {
  const asked = { now: new Date(), timezone: 'UTC' };
  const { reply, ...context } = await ask(hub, text, asked, previous);
  return { said: printReply(reply, { colour: false, width: 200, timezone: 'UTC' }), context };
}

async function store(host: string, events: Event[]): Promise<void> {
  const before = await world.count('select count(*) from events');
  await world.agent.publish(host, events);
  await until(
    'it is stored',
    async () => (await world.count('select count(*) from events')) === before + events.length,
  );
}

const boot = (host: string, minutes: number, more: object): Event => ({
  ...{ kind: 'boot', id: `boot-of-${host}`, source: 'proc', at: ago(minutes) },
  ...{ bootId: `boot-of-${host}`, ...more },
});

it('tells why a host went down, of its state, and what died on it', async () => {
  await world.agent.heartbeat('app-1', { bootId: 'boot-of-app-1' });
  const crash = { previousEnd: 'no-record', previousSeenAt: ago(20), text: 'wtmp has none' };
  await store('app-1', [boot('app-1', 10, crash), killed({ host: 'app-1', comm: 'java', pid: 5 })]);
  const comm = `select count(*) from deaths where host = 'app-1' and comm = 'host'`;
  await until('its crash is known', async () => (await world.count(comm)) === 1);
  for (const text of [
    'why did app-1 crash',
    'why did the app-1 server go down?',
    'app-1 down',
    'APP-1 为什么宕机了',
  ]) {
    const { said } = await say(text);
    expect(said.split('\n')[0]).toMatch(/The host app-1 went down/);
    expect(said).toMatch(/java/);
  }
  const of = await say('what died on app-1?');
  expect((await say('why did the host reboot', of.context)).said).toMatch(/The host app-1 went/);
  expect((await say('why did the host reboot')).said).toContain('not about which one');
  await world.agent.heartbeat('app-2');
  await until(
    'app-2 is known',
    async () => (await world.count("select count(*) from hosts where host = 'app-2'")) === 1,
  );
  expect((await say('is app-2 down?')).said).toMatch(/^app-2 is up/);
  expect((await say('is app-77 down?')).said).toMatch(/No death of app-77/i);
});

it('takes a name for a process where no host is called so', async () => {
  await store('mq-1', [killed({ host: 'mq-1', comm: 'kafka-1', pid: 50 })]);
  expect((await say('why did kafka-1 die')).said).toMatch(/kafka-1 \(pid 50\) on mq-1/);
});

it('asks about what is named, not about what the thread was about', async () => {
  const at = ago(30);
  await store('web-3', [killed({ host: 'web-3', comm: 'nginx', pid: 70, at })]);
  await store('web-4', [
    killed({ host: 'web-4', comm: 'cron', pid: 71 }),
    killed({ host: 'web-4', comm: 'session-manager', pid: 72 }),
    killed({ host: 'web-4', comm: 'nginx', pid: 73, at: ago(29) }),
    {
      kind: 'login',
      id: 'carol-on-web-4',
      source: 'wtmp',
      at: ago(60),
      user: 'carol',
      from: '203.0.113.7',
      tty: 'pts/1',
      pid: 9,
    },
  ]);
  const { context } = await say('why did nginx die on web-3?');
  expect((await say('why did cron die on web-4?', context)).said).toMatch(
    /cron \(pid 71\) on web-4/,
  );
  expect((await say('why did session-manager die', context)).said).toMatch(
    /session-manager \(pid 72\)/,
  );
  const logins = await say('who else was logged in on web-4?', context);
  expect(logins.said).toMatch(/One session was open on `web-4`/);
  expect(logins.said).toContain('carol');
  expect((await say('who else was logged in?', context)).said).toMatch(/No login.*on `web-3`/);
  expect((await say('show the report on web-4', context)).said).toMatch(
    /nginx \(pid 73\) on web-4/,
  );
  expect((await say('what about web-4?', context)).said).toMatch(/nginx \(pid 73\) on web-4/);
  expect((await say('who was logged in on web-4 10 minutes ago?')).said).toContain('carol');
});

it('reads all pages of a long list', async () => {
  const host = 'cron-1';
  const lines = Array.from(
    { length: 1100 },
    (_, index): Event => ({
      ...{ kind: 'cron-job', id: `line-${index}-of-cron-1`, source: 'crontab', at: ago(60) },
      ...{ file: '/etc/cron.d/many', line: index + 1, user: 'root', schedule: '0 0 29 2 *' },
      ...{ command: `job ${index}`, nextRun: null, timeZone: 'UTC' },
    }),
  );
  for (let from = 0; from < lines.length; from += 500)
    await store(host, lines.slice(from, from + 500));
  await store(host, [killed({ host, comm: 'batch', pid: 80 })]);
  const { context } = await say('why did batch die');
  expect((await say('what runs at that time?', context)).said).toContain('none of the 1100 known');
});

it('tells what is different from last week, of the fleet and of one host', async () => {
  const pids = [71, 72, 73, 74];
  await store(
    'cmp-1',
    pids.map((pid) => killed({ host: 'cmp-1', comm: 'varnishd', pid })),
  );
  for (const text of ['what is different from last week?', '和上周比有什么不同？']) {
    const { said } = await say(text);
    expect(said).toMatch(/^(?:Nobody watched from|From .* % of the time was watched)/);
    expect(said).toMatch(/^\d+ (?:known )?deaths? from .*; \? from /m);
    expect(said).toMatch(/varnishd \? → 4/);
    expect(said).not.toContain('(new)');
  }
  const { said } = await say('compare this week with last week on cmp-1');
  expect(said).toMatch(/^4 known deaths on `cmp-1` from /m);
});
