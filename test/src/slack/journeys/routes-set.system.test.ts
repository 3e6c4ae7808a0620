import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { AlertRoutes } from '@coroner/schema/http/alert-routes';
import { afterEach, expect, it } from 'vitest';
import { projectRoot } from '../../stack/stack.ts';
import { until } from '../stage/until.ts';
import { withHub } from '../stage/with-hub.ts';

const stage = withHub();

afterEach(() => stage.world.pool.query('truncate alert_routes'));

async function routes() {
  const response = await fetch(new URL('/v1/alert-routes', stage.hub.address), {
    headers: { authorization: `Bearer ${testToken}` },
  });
  return AlertRoutes.parse(await response.json()).items;
}
async function send(route: object): Promise<void> {
  const response = await fetch(new URL('/v1/alert-routes', stage.hub.address), {
    method: 'POST',
    headers: { authorization: `Bearer ${testToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(route),
  });
  expect(response.status).toBe(200);
}
const run = (
  words: string[],
  environment: Record<string, string> = {},
): Promise<{ status: number; out: string }> =>
  new Promise((resolve) => {
    const env = {
      ...{ PATH: process.env['PATH'] ?? '', TZ: 'UTC' },
      ...{ CORONER_API_URL: stage.hub.address, CORONER_API_TOKEN: testToken },
      ...environment,
    };
    const program = join(projectRoot, 'bot/bin/coroner.js');
    const child = execFile(process.execPath, [program, ...words], { env }, (_, out, err) =>
      resolve({ status: child.exitCode ?? -1, out: out + err }),
    );
  });
const whispers = () => stage.slack.workspace.messages.filter(({ onlyFor }) => onlyFor !== null);
const whisper = (words: string) =>
  until(`somebody is told ${words}`, () =>
    whispers().find(({ text, blocks }) => `${text}${JSON.stringify(blocks)}`.includes(words)),
  );
const form = (index: number) => until('the form', () => stage.slack.workspace.views[index]);

it.each(['socket', 'http'])(
  'lists, adds, edits and deletes routes from Slack (%s)',
  async (mode) => {
    const signed = {
      SLACK_APP_TOKEN: '',
      SLACK_SIGNING_SECRET: stage.slack.signingSecret,
      PORT: '0',
    };
    const address = await stage.bot(mode === 'http' ? signed : {}).ready();
    const port = /\d+$/.exec(address)?.[0];
    if (mode === 'http') stage.slack.sendTo(`http://127.0.0.1:${port}/slack/events`);
    await stage.slack.command('routes');
    const none = await whisper('There is no route');
    expect(none.onlyFor).toBe('UALICE');
    await stage.slack.click(none, 'route:add');
    const empty = await form(0);
    const typed = {
      ...{ name: 'web <!channel>', channel: 'COPS', hosts: 'web-*', people: 'UALICE' },
      ...{ groups: 'SONCALL', severity: 'warning or worse', threshold: '5 in 10m' },
    };
    const wrong = await stage.slack.submit(empty, { ...typed, quiet: 'at night' });
    expect(JSON.stringify(wrong.body)).toContain('is no span of hours');
    const nobody = await stage.slack.submit(empty, { ...typed, groups: 'oncall' });
    expect(JSON.stringify(nobody.body)).toContain('groups');
    expect(await routes()).toEqual([]);
    for (const _ of [1, 2])
      await stage.slack.submit(empty, { ...typed, quiet: '22:00-8:00 mon-fri' });
    const saved = await whisper('The route is saved');
    expect(saved.pings).not.toContain('<!channel>');
    const [route, ...more] = await routes();
    expect(more).toEqual([]);
    expect(route).toMatchObject({
      ...{ name: 'web <!channel>', channel: 'COPS', mentions: ['UALICE', 'SONCALL'] },
      match: { hosts: ['web-*'], minSeverity: 'warning' },
      quietHours: { timeZone: 'Europe/Berlin', from: '22:00', to: '08:00' },
      threshold: { deaths: 5, seconds: 600 },
    });
    await stage.slack.command('routes', { user: 'UBOB' });
    const list = await whisper('1. *web &lt;!channel&gt;*: hosts web-*');
    await stage.slack.click(list, 'route:edit:0', 'UBOB');
    await stage.slack.submit(await form(1), { name: 'web', threshold: '' });
    await until('it is edited', async () => (await routes())[0]?.name === 'web');
    const [edited] = await routes();
    expect(edited).toMatchObject({ id: route?.id, match: route?.match, mentions: route?.mentions });
    expect(edited?.threshold).toBeUndefined();
    await stage.slack.click(list, 'route:delete:0', 'UBOB');
    await stage.slack.submit(await form(2), {});
    await whisper('The route is deleted');
    expect(await routes()).toEqual([]);
    await stage.slack.click(list, 'route:edit:0', 'UBOB');
    await whisper('somebody has deleted this route');
  },
);

it('lets only those change routes who may act', async () => {
  await stage.bot({ SLACK_ACTORS: 'SONCALL' }).ready();
  await stage.slack.command('routes', { user: 'UBOB' });
  const list = await whisper('There is no route');
  await stage.slack.click(list, 'route:add', 'UBOB');
  const told = await whisper('Only members of <!subteam^SONCALL> may do this');
  expect(told.onlyFor).toBe('UBOB');
  expect(stage.slack.workspace.views).toEqual([]);
  await stage.slack.click(list, 'route:add', 'UALICE');
  const forged = { ...(await form(0)), openFor: 'UBOB' };
  await stage.slack.submit(forged, { name: 'mine', channel: 'COPS' });
  await until('bob is told again', () => whispers().length === 3);
  expect(await routes()).toEqual([]);
});

it('subscribes one person by direct message, who may remove it, and nobody else', async () => {
  const alerts = { SLACK_ALERT_CHANNEL: 'CALERTS', NATS_URL: stage.world.nats.url };
  await stage.bot({ ...alerts, SLACK_ACTORS: 'SONCALL' }).ready();
  await stage.slack.command('subscribe web-*', { user: 'UBOB' });
  await whisper('Say what');
  await stage.slack.command('subscribe host web-* severity warning', { user: 'UBOB' });
  const added = await whisper('You get these by direct message');
  const [route] = await routes();
  expect(route).toMatchObject({ owner: 'UBOB', channel: 'UBOB', match: { hosts: ['web-*'] } });
  await stage.slack.command('subscribe host web-* severity warning', { user: 'UBOB' });
  await whisper('You have that already');
  const host = 'web-77';
  await stage.world.agent.publish(host, [killed({ host, comm: 'subscribed', pid: 4000 })]);
  const of = (channel: string) =>
    stage.slack.messages(channel).filter(({ text }) => text.includes('subscribed'));
  await until('his card', () => of('DBOB')[0]);
  await until('the card of all', () => of('CALERTS')[0]);
  await stage.slack.command('subscriptions');
  await whisper('You have none');
  await stage.slack.click(added, 'subscription:remove:0', 'UALICE');
  await whisper('none of your subscriptions');
  expect(await routes()).toHaveLength(1);
  await stage.slack.click(added, 'subscription:remove:0', 'UBOB');
  await whisper('Removed: hosts web-*');
  expect(await routes()).toEqual([]);
});

it('shows people their subscriptions on the Home tab, to be removed there', async () => {
  await stage.bot().ready();
  await stage.slack.command('subscribe unit nginx*');
  await whisper('You get these by direct message');
  await stage.slack.openHome();
  const tab = (user: string) =>
    JSON.stringify(
      stage.slack.calls('views.publish').findLast(({ args }) => args['user_id'] === user)?.args,
    ) ?? '';
  await until('the tab', () => tab('UALICE').includes('units nginx*'));
  const [route] = await routes();
  const remove = { action_id: 'subscription:remove:0', value: route?.id ?? '' };
  await stage.slack.clickHome(remove, 'UBOB');
  await until('his own tab', () => tab('UBOB').includes('You have none'));
  expect(await routes()).toHaveLength(1);
  await stage.slack.clickHome(remove, 'UALICE');
  await until('the tab without it', () => tab('UALICE').includes('You have none'));
  expect(await routes()).toEqual([]);
});

it('says in slack-setup where a route leads to a channel without the bot', async () => {
  const { slack } = stage;
  await send({ name: 'management', channel: 'CPRIVATE' });
  await send({ name: 'operations', channel: 'COPS' });
  const { status, out } = await run(['slack-setup'], {
    ...{ SLACK_API_URL: slack.url, SLACK_BOT_TOKEN: slack.botToken },
    ...{ SLACK_APP_TOKEN: slack.appToken, SLACK_ALERT_CHANNEL: 'CALERTS' },
  });
  expect(out).toMatch(/route management +WRONG +the bot is not in #management/);
  expect(out).toMatch(/route operations +ok/);
  expect(status).toBe(2);
});

it('sets and tries routes on a terminal', async () => {
  const coroner = (...words: string[]) => run(['routes', ...words]);
  expect((await coroner()).out).toContain('There is no route');
  const wrong = await coroner('add', '--name', 'db', '--channel', '#db');
  expect(wrong).toMatchObject({ status: 2, out: expect.stringContaining('--channel: is no id') });
  const added = await coroner(
    ...['add', '--name', 'db', '--channel', 'CDB', '--hosts', 'db-*', '--json'],
    ...['--quiet', '22:00-08:00'],
  );
  expect(JSON.parse(added.out).items).toMatchObject([{ name: 'db', match: { hosts: ['db-*'] } }]);
  const list = await coroner();
  expect(list.out).toMatch(/db\s+hosts db-\*\s+CDB\s+.*quiet 22:00-08:00 UTC/);
  const late = await coroner('test', '--host', 'db-1', '--at', '2026-11-23T23:00:00Z');
  expect(late.out).toMatch(
    /Severity: warning[\s\S]*db\s+yes\s+it fits[\s\S]*→ CDB, when quiet hours end/,
  );
  const other = await coroner('test', '--host', 'web-1', '--json');
  expect(JSON.parse(other.out)).toMatchObject({ destinations: [{ channel: null, post: 'now' }] });
  expect((await coroner('test', 'no-such-incident')).status).toBe(2);
  const [route] = await routes();
  expect((await coroner('remove', route?.id ?? '')).status).toBe(0);
  expect(await routes()).toEqual([]);
});
