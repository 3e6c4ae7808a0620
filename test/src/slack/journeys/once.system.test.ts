import { afterEach, expect, it } from 'vitest';
import { type Scene, scene } from '../stage/scene.ts';
import { until } from '../stage/until.ts';

let here: Scene;
afterEach(() => here.close());

/** A later question is answered after the duplicates, so that they had their chance to be too. */
async function settle(): Promise<void> {
  const asked = here.slack.mention('hello');
  await until('the later question is answered', () => here.slack.thread(asked).length === 1);
}

it('answers an event that Slack delivers twice once', async () => {
  here = await scene();
  await here.bot().ready();
  const asked = here.slack.mention('why did nginx die?');
  await Promise.all([here.slack.redeliver(asked), here.slack.redeliver(asked)]);
  await until('the answer', () => here.slack.thread(asked).length === 2);
  await here.slack.redeliver(asked);
  await settle();
  expect(here.slack.thread(asked)).toHaveLength(2);
});

it('answers it once after a restart too, and with two bots', async () => {
  here = await scene();
  const first = here.bot();
  await first.ready();
  const asked = here.slack.mention('why did nginx die?');
  await until('the answer', () => here.slack.thread(asked).length === 2);
  expect(await first.stop()).toBe(0);
  await Promise.all([here.bot().ready(), here.bot().ready()]);
  await until('both are connected', () => here.slack.sockets() === 2);
  for (let time = 0; time < 4; time++) await here.slack.redeliver(asked);
  await settle();
  expect(here.slack.thread(asked)).toHaveLength(2);
});

it('answers what a bot took and did not finish, when Slack delivers it again later', async () => {
  here = await scene();
  const first = here.bot();
  await first.ready();
  here.slack.failNext('chat.postMessage', { kind: 'hang', ms: 20_000 });
  const asked = here.slack.mention('why did nginx die?');
  await until('a call that hangs', () => here.slack.calls('chat.postMessage').length === 1);
  await first.kill();
  here.hub.expireLeases();
  await here.bot().ready();
  await here.slack.redeliver(asked);
  await until('the answer', () => here.slack.thread(asked).length === 2);
});
