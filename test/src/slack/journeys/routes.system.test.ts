import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { AlertRoute, type AlertRouteBody } from '@coroner/schema/http/alert-routes';
import { afterEach, expect, it } from 'vitest';
import { until } from '../stage/until.ts';
import { withHub } from '../stage/with-hub.ts';
import type { Message } from '../workspace/workspace.ts';

const stage = withHub((world) => ({ SLACK_ALERT_CHANNEL: 'CALERTS', NATS_URL: world.nats.url }));
let cases = 0;
const allDay = { timeZone: 'UTC', from: '00:00', to: '00:00' };

afterEach(() => stage.world.pool.query('truncate alert_routes'));

async function send(method: string, path: string, body?: object): Promise<AlertRoute> {
  const response = await fetch(new URL(path, stage.hub.address), {
    method,
    headers: { authorization: `Bearer ${testToken}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  expect(response.status, JSON.stringify(answer)).toBe(200);
  return AlertRoute.parse(answer);
}
const route = (body: Partial<AlertRouteBody>) =>
  send('POST', '/v1/alert-routes', { name: 'a route', ...body });

/** A program that dies, once more with each call: one incident. */
function program(host: string) {
  cases += 1;
  const comm = `routed-${cases}`;
  const killer = { pid: cases, startUs: cases, cmdline: [comm], user: comm };
  const first = cases * 1_000;
  let died = 0;
  return {
    comm,
    async die() {
      died += 1;
      await stage.world.agent.publish(host, [killed({ host, comm, pid: first + died, killer })]);
    },
    /** It is stored, and the hub has looked where it goes. */
    settled: () =>
      until('it is settled', async () => {
        const waiting = `select count(*) from outbox`;
        const stored = 'select count(*) from deaths where comm = $1';
        if ((await stage.world.count(stored, [comm])) !== died) return false;
        return (await stage.world.count(waiting)) === 0;
      }),
    cards: (channel: string) => stage.slack.messages(channel).filter(about(comm)),
  };
}
const about =
  (comm: string) =>
  ({ text, threadTs }: Message) =>
    text.includes(comm) && threadTs === null;
const shows = (message: Message | undefined, words: string) =>
  until(`it shows ${words}`, () => JSON.stringify(message?.blocks).includes(words));
const httpMode = () => ({
  SLACK_APP_TOKEN: '',
  SLACK_SIGNING_SECRET: stage.slack.signingSecret,
  PORT: '0',
});

it.each(['socket', 'http'])(
  'brings two routes to two channels, and names people once (%s)',
  async (mode) => {
    await stage.bot(mode === 'http' ? httpMode() : {}).ready();
    await route({
      channel: 'COPS',
      match: { hosts: ['web-*'] },
      mentions: ['UALICE', 'SONCALL'],
      continue: true,
    });
    await route({ channel: 'CALERTS', match: { users: ['www-data'] } });
    await route({ channel: 'UBOB', owner: 'UBOB', match: { units: ['nginx*'] } });
    const one = program('web-1');
    await one.die();
    const first = await until('a card', () => one.cards('COPS')[0]);
    const second = await until('the other card', () => one.cards('CALERTS')[0]);
    expect(first.pings).toEqual(['<@UALICE>', '<!subteam^SONCALL>']);
    expect(second.pings).toEqual([]);
    await one.die();
    await shows(first, '*2 deaths*');
    await shows(second, '*2 deaths*');
    expect(first.pings).toEqual([]);
    const posts = stage.slack.calls('chat.postMessage').map(({ args }) => args['channel']);
    expect(posts.sort()).toEqual(['CALERTS', 'COPS']);
  },
);

it('posts what no route takes as before, and keeps a card true whose route went elsewhere', async () => {
  await Promise.all([stage.bot().ready(), stage.bot().ready()]);
  const { id } = await route({ channel: 'COPS', match: { hosts: ['db-*'] } });
  const [web, db] = [program('web-1'), program('db-1')];
  await Promise.all([web.die(), db.die()]);
  const card = await until('a card', () => db.cards('COPS')[0]);
  await until('the other', () => web.cards('CALERTS')[0]);
  await send('PUT', `/v1/alert-routes/${id}`, { name: 'moved', channel: 'CALERTS' });
  await db.die();
  const moved = await until('a card where it goes now', () => db.cards('CALERTS')[0]);
  await shows(card, '*2 deaths*');
  await db.die();
  await shows(moved, '*3 deaths*');
  await shows(card, '*3 deaths*');
  expect([...web.cards('COPS'), ...db.cards('COPS')]).toHaveLength(1);
  expect([...web.cards('CALERTS'), ...db.cards('CALERTS')]).toHaveLength(2);
});

it('holds what can wait through quiet hours, over restarts of hub and bot, and posts one card then', async () => {
  const { id } = await route({ channel: 'COPS', quietHours: allDay, mentions: ['UALICE'] });
  const bot = stage.bot();
  await bot.ready();
  const [one, loud] = [program('web-1'), program('web-2')];
  await one.die();
  await one.settled();
  for (let death = 0; death < 25; death += 1) await loud.die();
  await until('what is critical does not wait', () => loud.cards('COPS')[0]);
  await Promise.all([bot.stop(), stage.hub.end('SIGKILL')]);
  stage.hub = await startHubProcess(stage.world.nats.url, stage.world.databaseUrl);
  await Promise.all([stage.bot().ready(), stage.bot().ready()]);
  await one.die();
  await one.settled();
  expect(stage.slack.messages().filter(about(one.comm))).toEqual([]);
  await send('PUT', `/v1/alert-routes/${id}`, {
    name: 'by day',
    channel: 'COPS',
    mentions: ['UALICE'],
  });
  const card = await until('the card', () => one.cards('COPS')[0]);
  expect(JSON.stringify(card.blocks)).toContain('*2 deaths*');
  expect(card.pings).toEqual(['<@UALICE>']);
  await one.die();
  await shows(card, '*3 deaths*');
  expect(stage.slack.messages().filter(about(one.comm))).toHaveLength(1);
});

it('posts a crash loop once it reaches its threshold, and no sooner', async () => {
  await route({ channel: 'COPS', threshold: { deaths: 3, seconds: 3600 } });
  await stage.bot().ready();
  const one = program('web-1');
  await one.die();
  await one.settled();
  await one.die();
  await one.settled();
  expect(stage.slack.messages().filter(about(one.comm))).toEqual([]);
  await one.die();
  const card = await until('the card', () => one.cards('COPS')[0]);
  await shows(card, '*3 deaths*');
});

it('lets no channel that refuses hold up another, and posts there once it may', async () => {
  await route({ channel: 'CPRIVATE', continue: true });
  await route({ channel: 'COPS' });
  const bot = stage.bot();
  await bot.ready();
  const one = program('web-1');
  await one.die();
  await until('the card', () => one.cards('COPS')[0]);
  await until('the refusal', () => bot.log.some(({ code }) => code === 'not_in_channel'));
  await bot.kill();
  // Those of a bot that is gone run out within a minute.
  await stage.world.pool.query('update claims set lease_until = now()');
  const channel = stage.slack.workspace.channel('CPRIVATE');
  if (channel) channel.botIsMember = true;
  await stage.bot().ready();
  await until('the card there', () => one.cards('CPRIVATE')[0]);
  expect(one.cards('COPS')).toHaveLength(1);
});
