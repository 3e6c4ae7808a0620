import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type RunningBot, runBot } from '../stage/run-bot.ts';
import { until } from '../stage/until.ts';
import { ways } from '../stage/ways.ts';
import { startSlack } from '../start-slack.ts';

/** Each further question of a thread in both languages, and a picture, over the socket and over HTTP. */
const comm = 'haproxy';
const hosts = ['web-3', 'web-4'] as const;
let world: World;
let hub: HubProcess;
const toEnd: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  world = await startWorld();
  hub = await startHubProcess(world.nats.url, world.databaseUrl);
  // Something else that happened there: else there is no timeline to be drawn.
  const at = new Date(Date.now() - 60_000).toISOString();
  await world.agent.publish('web-3', [killed({ host: 'web-3', comm: 'sidecar', pid: 699, at })]);
  for (const [index, host] of hosts.entries())
    await world.agent.publish(host, [killed({ host, comm, pid: 700 + index })]);
  const stored = 'select count(*) from deaths where incident_id is not null';
  await until(
    'the deaths are stored',
    async () => (await world.count(stored)) === hosts.length + 1,
  );
});
afterAll(async () => {
  await hub?.end('SIGTERM');
  await world?.stop();
});
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end();
});

const questions: readonly (readonly [string, RegExp])[] = [
  ['who else was logged in?', /No login|session/],
  ['当时还有谁登录了？', /No login|session/],
  ['did it happen before?', /earlier death|No earlier/],
  ['以前发生过吗？', /earlier death|No earlier/],
  ['what runs at that time?', /No run of a job/],
  ['那个时候有什么任务在运行？', /No run of a job/],
  ['who is next?', /Nobody can tell/],
  ['下一个是谁？', /Nobody can tell/],
  ['show the report', /pieces of evidence/],
  ['显示报告', /pieces of evidence/],
  ['and on web-4?', /pid 701.*web-4/],
  ['那 web-3 呢？', /pid 700.*web-3/],
];

it.each(ways)('answers further questions over %s', async (way) => {
  const slack = await startSlack();
  toEnd.push(() => slack.close());
  const bot: RunningBot = runBot({
    SLACK_API_URL: slack.url,
    SLACK_BOT_TOKEN: slack.botToken,
    CORONER_API_URL: hub.address,
    CORONER_API_TOKEN: testToken,
    ...(way === 'socket'
      ? { SLACK_APP_TOKEN: slack.appToken }
      : { SLACK_SIGNING_SECRET: slack.signingSecret, PORT: '0' }),
  });
  toEnd.push(() => bot.kill());
  const address = await bot.ready();
  if (way === 'http') slack.sendTo(`http://127.0.0.1:${/\d+/.exec(address)?.[0]}/slack/events`);

  const asked = slack.mention(`why did ${comm} die on web-3?`);
  await until('verdict and evidence', () => slack.thread(asked).length === 2);
  for (const [question, expected] of questions) {
    const before = slack.thread(asked).length;
    slack.mention(question, { threadTs: asked.ts });
    const said = await until(question, () => slack.thread(asked)[before]);
    expect(JSON.stringify(said.blocks), question).toMatch(expected);
  }
  slack.mention('show the timeline', { threadTs: asked.ts });
  const picture = await until('the timeline as a picture', () =>
    slack.uploads().find((file) => file.includes('PNG')),
  );
  expect(picture.length).toBeGreaterThan(1000);
  await slack.openHome('UALICE', 'messages');
  const { args } = await until(
    'suggestions',
    () => slack.calls('assistant.threads.setSuggestedPrompts')[0],
  );
  expect(args['thread_ts']).toBeUndefined();
  expect(String(args['prompts'])).toContain(`why did ${comm} die on web-4?`);
  await slack.openHome();
  const view = await until('the Home tab', () => slack.calls('views.publish')[0]);
  expect(view.outcome).toBe('ok');
});
