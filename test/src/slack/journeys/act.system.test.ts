import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import type { ExpectedRules } from '@coroner/schema/http/expected';
import type { IncidentDetail } from '@coroner/schema/http/incidents';
import { expect, it } from 'vitest';
import { projectRoot } from '../../stack/stack.ts';
import { until } from '../stage/until.ts';
import { withHub } from '../stage/with-hub.ts';
import { startSlack } from '../start-slack.ts';
import type { Message } from '../workspace/workspace.ts';

const stage = withHub((world) => ({ SLACK_ALERT_CHANNEL: 'CALERTS', NATS_URL: world.nats.url }));
let cases = 0;

/** A death that is an incident of its own, and its card. */
async function incident() {
  cases += 1;
  const [host, comm] = [`act-${cases}`, `victim-${cases}`];
  const killer = {
    pid: 300 + cases,
    startUs: 300_000 + cases,
    cmdline: [`zap-${cases}`],
    user: comm,
  };
  const die = (pid: number, where = host) =>
    stage.world.agent.publish(where, [killed({ host: where, comm, pid, killer })]);
  await die(1000);
  const card = await until('a card', () =>
    stage.slack.messages('CALERTS').find(({ text, threadTs }) => text.includes(comm) && !threadTs),
  );
  const [row] = await stage.world.rows<{ id: string }>(
    'select incident_id as id from deaths where comm = $1',
    [comm],
  );
  const id = row?.id ?? '';
  return { id, card, die, detail: () => get<IncidentDetail>(`/v1/incidents/${id}`) };
}

async function get<Body>(path: string): Promise<Body> {
  const response = await fetch(new URL(path, stage.hub.address), {
    headers: { authorization: `Bearer ${testToken}` },
  });
  return (await response.json()) as Body;
}

const shows = (card: Message, words: string) =>
  until(`the card shows ${words}`, () => JSON.stringify(card.blocks).includes(words));
const runToEnd = (
  path: string,
  words: string[],
  environment: Record<string, string>,
): Promise<{ status: number; out: string }> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', ...environment };
    const child = execFile(
      process.execPath,
      [join(projectRoot, path), ...words],
      { env },
      (_, out, err) => resolve({ status: child.exitCode ?? -1, out: out + err }),
    );
  });
const whispers = () => stage.slack.workspace.messages.filter(({ onlyFor }) => onlyFor !== null);
const elements = ({ blocks }: Message) =>
  (blocks as { type: string; elements: { action_id: string }[] }[])
    .filter(({ type }) => type === 'actions')
    .flatMap((block) => block.elements.map((each) => each.action_id));

it('acknowledges, puts off and closes by what the card offers in each state', async () => {
  await Promise.all([stage.bot().ready(), stage.bot().ready()]);
  const { card, detail } = await incident();
  expect(elements(card)).toEqual(['death:0', 'act:acknowledge', 'act:snooze', 'act:more']);
  expect(await stage.slack.click(card, 'act:acknowledge')).toMatchObject({ status: 200 });
  await shows(card, '*Acknowledged by <@UALICE>*');
  expect(elements(card)).toEqual(['death:0', 'act:resolve', 'act:snooze', 'act:more']);
  await stage.slack.choose(card, 'act:snooze', 'for 4 hours', 'UBOB');
  await shows(card, '*Snoozed by <@UBOB>*');
  const { state } = await detail();
  const hours = (Date.parse(state?.action?.until ?? '') - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(3.9);
  await stage.slack.choose(card, 'act:more', 'Resolve');
  await shows(card, '*Resolved by <@UALICE>*');
  const { actions } = await detail();
  expect(actions?.map(({ kind, by }) => [kind, by.name, by.slackUser])).toEqual([
    ['acknowledge', 'alice', 'UALICE'],
    ['snooze', 'bob', 'UBOB'],
    ['resolve', 'alice', 'UALICE'],
  ]);
  expect(whispers()).toEqual([]);
});

it('tells who comes second, alone, and changes nothing', async () => {
  await stage.bot().ready();
  const { card, detail } = await incident();
  const stale = structuredClone(card);
  await stage.slack.click(card, 'act:acknowledge', 'UALICE');
  await shows(card, '*Acknowledged by');
  await stage.slack.click(stale, 'act:acknowledge', 'UBOB');
  const told = await until('bob is told', () => whispers()[0]);
  expect(told.onlyFor).toBe('UBOB');
  expect(told.text).toContain('it is acknowledged already, by alice');
  expect((await detail()).actions).toHaveLength(1);
});

it('takes a reason and an end for what is expected, and a note, in modals', async () => {
  await stage.bot().ready();
  const { card, detail } = await incident();
  const reason = 'release <!channel> *42*';
  await stage.slack.choose(card, 'act:more', 'Mark as expected…');
  const form = await until('the modal', () => stage.slack.workspace.views[0]);
  const blank = await stage.slack.submit(form, { note: '   ', end: '1 day' });
  expect(JSON.stringify(blank.body)).toContain('response_action');
  await stage.slack.submit(form, { note: reason, end: '1 day' });
  await shows(card, '*Expected by <@UALICE>*');
  expect(card.pings).not.toContain('<!channel>');
  const { items } = await get<typeof ExpectedRules._zod.output>('/v1/expected');
  expect(items).toMatchObject([{ reason, author: 'alice' }]);
  await stage.slack.choose(card, 'act:more', 'Add a note…', 'UBOB');
  const note = await until('the second modal', () => stage.slack.workspace.views[1]);
  await stage.slack.submit(note, { note: 'a <b>' });
  await shows(card, 'a &lt;b&gt;');
  expect((await detail()).state?.status).toBe('expected');
});

it('opens again what grows after it was resolved, on the same card, and tells the channel once', async () => {
  await Promise.all([stage.bot().ready(), stage.bot().ready()]);
  const { card, die } = await incident();
  await stage.slack.choose(card, 'act:more', 'Resolve');
  await shows(card, '*Resolved by');
  await die(1001);
  await shows(card, '1 more process died after it was resolved');
  expect(elements(card)).toContain('act:acknowledge');
  const told = await until('the channel is told', () => stage.slack.thread(card)[0]);
  expect(told.text).toContain('after it was resolved');
  await die(1002);
  await shows(card, '*3 deaths*');
  expect(stage.slack.thread(card)).toHaveLength(1);
  const posts = stage.slack.calls('chat.postMessage').filter(({ args }) => args['thread_ts']);
  expect(posts.map(({ args }) => String(args['reply_broadcast']))).toEqual(['true']);
});

it('lets only the members of the user group act, and says who they are', async () => {
  await stage.bot({ SLACK_ACTORS: 'SONCALL' }).ready();
  const { card, detail } = await incident();
  await stage.slack.click(card, 'act:acknowledge', 'UBOB');
  const told = await until('bob is told', () => whispers()[0]);
  expect(told).toMatchObject({ onlyFor: 'UBOB' });
  expect(told.text).toContain('Only members of <!subteam^SONCALL> may do this: <@UALICE>');
  expect((await detail()).actions).toEqual([]);
  await stage.slack.click(card, 'act:acknowledge', 'UALICE');
  await shows(card, '*Acknowledged by');
  expect(stage.slack.calls('usergroups.users.list')).toHaveLength(1);
});

it('lets nobody act while Slack does not say who may', async () => {
  await stage.slack.close();
  stage.slack = await startSlack({ scopes: ['chat:write', 'users:read'] });
  await stage.bot({ SLACK_ACTORS: 'SONCALL' }).ready();
  const { card, detail } = await incident();
  await stage.slack.click(card, 'act:acknowledge', 'UALICE');
  const told = await until('alice is told', () => whispers()[0]);
  expect(told.text).toContain('missing_scope');
  expect((await detail()).actions).toEqual([]);
});

it('says so when the hub is away', async () => {
  await stage.bot().ready();
  const { card } = await incident();
  await stage.hub.end('SIGKILL');
  await stage.slack.click(card, 'act:acknowledge');
  const told = await until('alice is told', () => whispers()[0]);
  stage.hub = await startHubProcess(stage.world.nats.url, stage.world.databaseUrl);
  expect(told.text).toContain('Nothing was done, try again in a moment.');
});

it('does on a terminal what the buttons do, and the card shows it', async () => {
  await stage.bot().ready();
  const { id, card, detail } = await incident();
  const coroner = (...words: string[]) =>
    runToEnd('bot/bin/coroner.js', ['incidents', ...words], {
      CORONER_API_URL: stage.hub.address,
      CORONER_API_TOKEN: testToken,
      TZ: 'UTC',
    });
  expect(await coroner('ack', id, '--note', 'looking')).toMatchObject({ status: 0 });
  await shows(card, '*Acknowledged by');
  await shows(card, ': looking');
  const again = await coroner('ack', id);
  expect(again.status).toBe(2);
  expect(again.out).toContain('it is acknowledged already');
  const snoozed = await coroner('snooze', id, '--for', '4h', '--json');
  expect(JSON.parse(snoozed.out)).toMatchObject({ state: { status: 'snoozed' } });
  expect(await coroner('note', id, 'the cleanup job')).toMatchObject({ status: 0 });
  expect((await coroner('snooze', id, '--for', 'soon')).out).toContain('is no span');
  expect((await coroner('resolve', id)).out).toContain(`It is resolved: incident ${id}`);
  await shows(card, '*Resolved by');
  expect((await detail()).actions?.map(({ kind }) => kind)).toEqual([
    ...['acknowledge', 'snooze', 'note', 'resolve'],
  ]);
  expect((await coroner('--json')).out).toContain(id);
});

it('hears clicks and modals by HTTP as well', async () => {
  const started = stage.bot({
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: stage.slack.signingSecret,
    PORT: '0',
  });
  const port = /\d+$/.exec(await started.ready())?.[0];
  stage.slack.sendTo(`http://127.0.0.1:${port}/slack/events`);
  const { card } = await incident();
  await stage.slack.choose(card, 'act:more', 'Add a note…');
  const form = await until('the modal', () => stage.slack.workspace.views[0]);
  const blank = await stage.slack.submit(form, { note: ' ' });
  expect(JSON.parse(String(blank.body))).toMatchObject({ response_action: 'errors' });
  await stage.slack.submit(form, { note: 'seen' });
  await shows(card, ': seen');
  await stage.slack.click(card, 'act:acknowledge');
  await shows(card, '*Acknowledged by');
});
