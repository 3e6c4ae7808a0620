import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startWorld } from '@coroner/hub/dist/testing/world.js';
import type { Alert } from '@coroner/schema/wire/alert';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startNats } from '../stage/nats-server.ts';
import { runBot } from '../stage/run-bot.ts';
import { sampleAlert } from '../stage/sample-alert.ts';
import { type Scene, scene } from '../stage/scene.ts';
import { until } from '../stage/until.ts';
import { startSlack } from '../start-slack.ts';
import type { Message } from '../workspace/workspace.ts';

const toEnd: (() => Promise<unknown>)[] = [];
let here: Scene;
let environment: Record<string, string>;
let publish: (alert: Alert) => Promise<void>;

beforeEach(async () => {
  const nats = await startNats();
  toEnd.push(() => nats.close());
  here = await scene();
  toEnd.push(() => here.close());
  publish = nats.publish;
  environment = { NATS_URL: nats.url, SLACK_ALERT_CHANNEL: 'CALERTS' };
});
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end();
});

const paced = (seconds: number) => ({
  ...environment,
  CORONER_OCCURRENCES_EVERY: String(seconds),
});
const card = () =>
  until('a card', () => here.slack.messages('CALERTS').find(({ threadTs }) => !threadTs));
const told = (message: Message) => here.slack.thread(message).map(({ text }) => text);
/** Deaths that the lines of a thread add up to. */
const added = (lines: readonly string[]) =>
  lines.reduce((sum, line) => sum + Number(/^\*\+(\d+) death/.exec(line)?.[1]), 0);

const grown = (deaths: number, byHost: Record<string, number>) =>
  sampleAlert('incident-1', deaths, {
    hosts: Object.keys(byHost),
    byHost: Object.entries(byHost).map(([host, count]) => ({ host, count })),
  });

/** What the card showed then is not told again. */
const countKept = () =>
  until('the first count is kept', () => here.hub.claimed.includes('grown:incident-1:CALERTS:0'));

it('tells in the thread what came, where, and how much it is in all', async () => {
  await here.bot(paced(0.2)).ready();
  await publish(grown(1, { 'web-3': 1 }));
  const posted = await card();
  await countKept();
  await publish(grown(13, { 'web-3': 9, '<!channel>': 4 }));
  const [line = ''] = await until('a line', () => told(posted).length > 0 && told(posted));
  expect(line).toMatch(
    /^\*\+12 deaths\* on web-3 \(8\), &lt;!channel&gt; \(4\) · `nginx` ×12 · 13 in all/,
  );
  await publish(grown(14, { 'web-3': 10, '<!channel>': 4 }));
  const lines = await until('another', () => told(posted).length > 1 && told(posted));
  expect(lines[1]).toMatch(/^\*\+1 death\* on web-3 · `nginx` · 14 in all/);
  expect(here.slack.messages().flatMap(({ pings }) => pings)).toEqual([]);
});

it('says nothing of what is snoozed or resolved, and all of it when it is open again', async () => {
  await here.bot(paced(0.2)).ready();
  await publish(grown(1, { 'web-3': 1 }));
  const posted = await card();
  await countKept();
  const by = { name: 'al', slackUser: null, token: 'x' };
  const action = { id: 'a', kind: 'snooze', by, at: posted.ts, note: null, until: null } as const;
  const at = '2026-11-23T03:14:00.000Z';
  await publish({
    ...grown(5, { 'web-3': 5 }),
    state: { status: 'snoozed', action: { ...action, at, status: 'snoozed' } },
  });
  await until('the card shows it', () => JSON.stringify(posted.blocks).includes('Snoozed by al'));
  await publish(grown(9, { 'web-3': 9 }));
  await until('a line', () => told(posted).length > 0);
  expect(added(told(posted))).toBe(8);
});

it('tells of 10,000 deaths in a handful of lines, with two bots, each once and in order', async () => {
  await Promise.all([here.bot(paced(1)).ready(), here.bot(paced(1)).ready()]);
  await publish(grown(1, { 'web-3': 1 }));
  const posted = await card();
  for (let deaths = 101; deaths <= 10_001; deaths += 100)
    await publish(grown(deaths, { 'web-3': deaths }));
  const lines = await until('all are told', () => {
    const all = told(posted);
    return all.at(-1)?.includes('10001 in all') ? all : null;
  });
  expect(lines.length).toBeLessThanOrEqual(6);
  const totals = lines.map((line) => Number(/(\d+) in all/.exec(line)?.[1]));
  expect(totals).toEqual([...totals].sort((a, b) => a - b));
  // What the card showed when its first count was kept is told by the card.
  const first = (totals[0] ?? 0) - added(lines.slice(0, 1));
  expect(first + added(lines)).toBe(10_001);
});

it.each([true, false])(
  'a bot that ends while it posts a line (accepted by Slack: %s) leaves it to the next: one line',
  async (accepted) => {
    const first = here.bot(paced(0.2));
    await first.ready();
    await publish(grown(1, { 'web-3': 1 }));
    const posted = await card();
    await countKept();
    const calls = () =>
      here.slack.calls('chat.postMessage').filter(({ args }) => args['thread_ts']).length;
    here.slack.failNext('chat.postMessage', { kind: 'hang', ms: 60_000, accepted });
    await publish(grown(7, { 'web-3': 7 }));
    await until('it is sent', () => (accepted ? told(posted).length > 0 : calls() > 0));
    await first.kill();
    here.slack.recover();
    here.hub.expireLeases();
    await Promise.all([here.bot(paced(0.2)).ready(), here.bot(paced(0.2)).ready()]);
    await publish(grown(9, { 'web-3': 9 }));
    await until('all is told', () => told(posted).at(-1)?.includes('9 in all'));
    const lines = told(posted);
    expect(added(lines)).toBe(8);
    expect(new Set(lines).size).toBe(lines.length);
  },
);

it('counts a crash loop by the hub, a line at its pace', async () => {
  const world = await startWorld();
  toEnd.push(() => world.stop());
  const hub = await startHubProcess(world.nats.url, world.databaseUrl);
  toEnd.push(() => hub.end('SIGTERM'));
  const slack = await startSlack();
  toEnd.push(() => slack.close());
  const bot = runBot({
    ...{ SLACK_API_URL: slack.url, SLACK_BOT_TOKEN: slack.botToken },
    ...{ SLACK_APP_TOKEN: slack.appToken, SLACK_ALERT_CHANNEL: 'CALERTS' },
    ...{ CORONER_API_URL: hub.address, CORONER_API_TOKEN: testToken },
    ...{ NATS_URL: world.nats.url, CORONER_OCCURRENCES_EVERY: '0.5' },
  });
  toEnd.push(() => bot.kill());
  await bot.ready();
  const killer = { pid: 77, startUs: 77_000, comm: 'zap', cmdline: ['zap'], user: 'erin' };
  const die = (host: string, pid: number) =>
    world.agent.publish(host, [killed({ host, comm: 'looper', pid, killer })]);
  await die('loop-1', 1);
  const posted = await until('a card', () => slack.messages('CALERTS')[0]);
  const kept = `select count(*) from claims where key like 'grown:%' and value is not null`;
  await until('the first count is kept', async () => (await world.count(kept)) > 0);
  for (let pid = 2; pid <= 12; pid++) await die('loop-1', pid);
  await until('all are told', () => slack.thread(posted).at(-1)?.text.includes('12 in all'));
  const lines = slack.thread(posted).map(({ text }) => text);
  expect(added(lines)).toBe(11);
  expect(lines[0]).toMatch(/on loop-1 · `looper`/);
});
