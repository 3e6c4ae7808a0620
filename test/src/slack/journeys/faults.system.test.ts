import { afterEach, expect, it } from 'vitest';
import { sampleAnswer } from '../stage/sample-answer.ts';
import { type Scene, scene } from '../stage/scene.ts';
import { until } from '../stage/until.ts';

let here: Scene;
afterEach(() => here.close());

const answered = (asked: { channel: string; ts: string }) =>
  until('an answer', () => here.slack.thread(asked).length === 2);

it('waits for a Slack that is down at its start', async () => {
  here = await scene();
  const comeBack = await here.slackDown();
  const bot = here.bot();
  await until('it says so', () =>
    bot.log.find((line) => String(line['msg']).startsWith('Slack cannot be reached')),
  );
  await comeBack();
  here.slack.failNext('auth.test', { kind: 'status', status: 503 });
  here.slack.failNext('apps.connections.open', { kind: 'status', status: 503 }, 2);
  await bot.ready();
  const asked = here.slack.mention('why did nginx die?');
  await answered(asked);
});

it('says that a token is wrong and ends with status 1', async () => {
  here = await scene();
  const bot = here.bot({ SLACK_BOT_TOKEN: 'xoxb-revoked' });
  await until('it says so', () =>
    bot.log.find((line) => String(line['msg']).includes('refuses SLACK_BOT_TOKEN (invalid_auth)')),
  );
  expect(await bot.stop()).toBe(1);
});

it('connects again after a dropped socket and after refresh_requested', async () => {
  here = await scene([sampleAnswer()], { retryDelaysMs: [50, 50, 50] });
  await here.bot().ready();
  for (const cut of [here.slack.dropSockets, here.slack.refreshSockets]) {
    cut();
    const asked = here.slack.mention('why did nginx die?');
    await answered(asked);
    expect((await asked.delivered).status).toBe(200);
  }
});

it('is delayed by rate limits and faults, and loses no answer', async () => {
  here = await scene();
  await here.bot().ready();
  here.slack.failNext('chat.postMessage', { kind: 'rate-limit', retryAfterSeconds: 1 });
  here.slack.failNext('chat.postMessage', { kind: 'status', status: 500 });
  here.slack.failNext('chat.postMessage', { kind: 'drop', accepted: false });
  const asked = [1, 2, 3, 4].map((pid) => here.slack.mention(`who killed pid ${4120 + pid}`));
  for (const each of asked) await until('an answer', () => here.slack.thread(each).length > 0);
  const outcomes = here.slack.calls('chat.postMessage').map((each) => each.outcome);
  expect(outcomes.filter((each) => each === 'ok')).toHaveLength(here.slack.messages().length);
  expect(outcomes).not.toContain('429');
});

it('answers in plain text when Slack refuses the blocks', async () => {
  here = await scene();
  await here.bot().ready();
  here.slack.failNext('chat.postMessage', { kind: 'error', error: 'msg_blocks_too_long' });
  const asked = here.slack.mention('why did nginx die?');
  await answered(asked);
  const [verdict] = here.slack.thread(asked);
  expect(verdict?.blocks).toHaveLength(0);
  expect(verdict?.text).toContain('By: `pkill -9 -f python`');
});

it('says in the thread that the hub is away', async () => {
  here = await scene();
  await here.bot().ready();
  await here.hub.close();
  const asked = here.slack.mention('why did nginx die?');
  const reply = await until('an answer', () => here.slack.thread(asked)[0]);
  expect(reply.text).toContain('cannot be reached');
});

it('reads "last night" in the time zone of the asker', async () => {
  here = await scene();
  await here.bot().ready();
  const asked = here.slack.mention('why did nginx die last night?', { user: 'UBOB' });
  await until('an answer', () => here.slack.thread(asked).length > 0);
  const question = here.hub.requests.find((each) => each.startsWith('GET /v1/why'));
  const at = new URL(`http://hub${question?.split(' ')[1]}`).searchParams.get('at');
  const local = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'America/New_York',
    hour: 'numeric',
    minute: 'numeric',
  }).format(new Date(at ?? 0));
  // The middle of the night, or of the part of it that is over.
  expect(['20', '21', '22', '23', '00', '24'].some((hour) => local.startsWith(hour))).toBe(true);
});

it('finishes the answer that it works on when it is told to stop', async () => {
  here = await scene();
  const bot = here.bot();
  await bot.ready();
  here.slack.failNext('chat.postMessage', { kind: 'status', status: 500 });
  const asked = here.slack.mention('why did nginx die?');
  await until('a first attempt', () => here.slack.calls('chat.postMessage').length === 1);
  expect(await bot.stop()).toBe(0);
  expect(here.slack.thread(asked)).toHaveLength(2);
});

it('answers the asker alone where it may not write', async () => {
  here = await scene();
  await here.bot().ready();
  here.slack.mention('why did nginx die?', { channel: 'CPRIVATE' });
  await until('the answer', () => here.slack.messages('DALICE').length === 2);
});

it('does not answer twice when the connection breaks after Slack took the message', async () => {
  here = await scene();
  await here.bot().ready();
  here.slack.failNext('chat.postMessage', { kind: 'drop', accepted: true }, 2);
  const asked = here.slack.mention('why did nginx die?');
  const later = here.slack.mention('hello');
  await until('both are answered', () => here.slack.thread(later).length === 1);
  await until('the evidence', () => here.slack.thread(asked).length >= 2);
  expect(here.slack.thread(asked)).toHaveLength(2);
});

it('says at once that the hub is slow, and puts the answer in the place of that', async () => {
  here = await scene();
  await here.bot().ready();
  here.hub.slowBy(2500);
  const asked = here.slack.mention('why did nginx die?');
  const first = await until('a word', () => here.slack.thread(asked)[0]);
  expect(first.text).toContain('Looking through the evidence');
  await until('verdict and evidence', () => here.slack.thread(asked).length === 2);
  expect(here.slack.thread(asked)[0]?.text).toContain('was killed with SIGKILL');
  here.hub.slowBy(0);
  here.slack.mention('did it happen before?', { threadTs: asked.ts });
  await until('the thread is known', () =>
    here.slack.thread(asked).find(({ text }) => text.includes('earlier')),
  );
});

it('whispers no verdict that is posted already', async () => {
  here = await scene();
  await here.bot().ready();
  here.slack.failNext('chat.postMessage', { kind: 'none' });
  here.slack.failNext('chat.postMessage', { kind: 'error', error: 'restricted_action' });
  await here.slack.command('nginx web-3');
  await until('the evidence, to the asker', () => here.slack.messages('DALICE').length === 1);
  expect(here.slack.messages('COPS').map(({ onlyFor }) => onlyFor)).toEqual([null]);
});

it('needs no more of Slack than to write messages', async () => {
  const only = ['auth.test', 'apps.connections.open', 'chat.postMessage'];
  here = await scene([sampleAnswer()], { only });
  await here.bot().ready();
  const asked = here.slack.mention('why did nginx die last night?');
  await answered(asked);
  here.slack.mention('show the report', { threadTs: asked.ts });
  await until('the report as a message', () =>
    here.slack.thread(asked).find(({ text }) => text.startsWith('nginx (pid 4121) on web-3')),
  );
  await here.slack.openHome();
  here.hub.slowBy(2000);
  const slow = here.slack.mention('why did nginx die?');
  await until('the placeholder, the verdict and the evidence', () => here.slack.thread(slow)[2]);
});
