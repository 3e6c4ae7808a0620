import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Nats, startNats } from '../stage/nats-server.ts';
import { sampleAlert } from '../stage/sample-alert.ts';
import { type Scene, scene } from '../stage/scene.ts';
import { until } from '../stage/until.ts';

let here: Scene;
let nats: Nats;
let environment: Record<string, string>;

beforeEach(async () => {
  nats = await startNats();
  environment = { NATS_URL: nats.url, SLACK_ALERT_CHANNEL: 'CALERTS' };
});
afterEach(async () => {
  await here.close();
  await nats.close();
});

const allDone = () =>
  until('every alert is acknowledged', async () => (await nats.unacknowledged()) === 0);
const cards = () => here.slack.messages('CALERTS');

it('posts an incident once and edits it in place: 40 revisions, one message', async () => {
  here = await scene();
  await here.bot(environment).ready();
  for (let revision = 1; revision <= 40; revision++) {
    await nats.publish(sampleAlert('incident-1', revision));
  }
  await until('the newest state is shown', () => cards()[0]?.text.startsWith('40 processes'));
  await allDone();
  expect(cards()).toHaveLength(1);
  expect(cards()[0]?.edits.length).toBeLessThan(20);
  expect(here.slack.calls('chat.postMessage')).toHaveLength(1);
});

it('loses nothing to rate limits and faults of Slack, and stays within its pace', async () => {
  here = await scene();
  here.slack.failNext('chat.postMessage', { kind: 'rate-limit', retryAfterSeconds: 2 });
  here.slack.failNext('chat.postMessage', { kind: 'status', status: 503 });
  here.slack.failNext('chat.postMessage', { kind: 'drop', accepted: false });
  here.slack.failNext('chat.postMessage', { kind: 'error', error: 'internal_error' });
  await here.bot(environment).ready();
  for (let index = 0; index < 10; index++) await nats.publish(sampleAlert(`incident-${index}`, 1));
  await until('ten cards', () => cards().length === 10);
  await allDone();
  const limited = here.slack.calls('chat.postMessage').filter((each) => each.outcome === '429');
  expect(limited).toHaveLength(0);
});

it('does not post twice what Slack took before the connection broke', async () => {
  here = await scene();
  here.slack.failNext('chat.postMessage', { kind: 'drop', accepted: true });
  await here.bot(environment).ready();
  await nats.publish(sampleAlert('incident-1', 1));
  await allDone();
  expect(cards()).toHaveLength(1);
});

it('falls back to plain text when Slack refuses the blocks', async () => {
  here = await scene();
  here.slack.failNext('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 2);
  await here.bot(environment).ready();
  await nats.publish(sampleAlert('incident-1', 1));
  const card = await until('a card', () => cards()[0]);
  expect(card.blocks).toHaveLength(0);
  expect(card.text).toContain('was killed with SIGKILL');
});

it('keeps the button when Slack refuses some other block', async () => {
  here = await scene();
  here.slack.failNext('chat.postMessage', { kind: 'error', error: 'invalid_blocks' });
  await here.bot(environment).ready();
  await nats.publish(sampleAlert('incident-1', 1));
  const card = await until('a card', () => cards()[0]);
  expect(JSON.stringify(card.blocks)).toContain('was killed with SIGKILL');
  await here.slack.click(card, 'death:0');
  await until('verdict and evidence', () => here.slack.thread(card).length === 2);
});

it('posts a new card when somebody deleted the old one, and two bots agree on it', async () => {
  here = await scene();
  await Promise.all([here.bot(environment).ready(), here.bot(environment).ready()]);
  await nats.publish(sampleAlert('incident-1', 1));
  await until('a card', () => cards().length === 1);
  await allDone();
  here.slack.workspace.messages.length = 0;
  for (let revision = 2; revision <= 5; revision++) {
    await nats.publish(sampleAlert('incident-1', revision));
    await allDone();
  }
  expect(cards()).toHaveLength(1);
  expect(cards()[0]?.text).toContain('5 processes');
});

it('goes on with the same card after a restart, and with two bots posts each incident once', async () => {
  here = await scene();
  const first = here.bot(environment);
  await first.ready();
  await nats.publish(sampleAlert('incident-1', 1));
  await until('a card', () => cards().length === 1);
  await allDone();
  expect(await first.stop()).toBe(0);
  await Promise.all([here.bot(environment).ready(), here.bot(environment).ready()]);
  for (let revision = 2; revision <= 6; revision++) {
    await nats.publish(sampleAlert('incident-1', revision));
    await nats.publish(sampleAlert(`incident-${revision}`, 1));
  }
  await allDone();
  expect(cards()).toHaveLength(6);
  expect(cards()[0]?.text).toContain('6 processes');
});

it('ends with the newest state when two bots edit one card', async () => {
  here = await scene();
  await Promise.all([here.bot(environment).ready(), here.bot(environment).ready()]);
  for (let revision = 1; revision <= 30; revision++) {
    await nats.publish(sampleAlert('incident-1', revision));
    // The edits of the two bots take different times on their way.
    if (revision % 10 === 0) here.slack.failNext('chat.update', { kind: 'hang', ms: 300 });
  }
  await until('the newest state is shown', () => cards()[0]?.text.startsWith('30 processes'));
  await allDone();
  expect(cards()).toHaveLength(1);
});

it('posts after a crash between the claim and the message, when the lease has run out or is its own', async () => {
  here = await scene();
  here.slack.failNext('chat.postMessage', { kind: 'hang', ms: 20_000 });
  const first = here.bot(environment);
  await first.ready();
  await nats.publish(sampleAlert('incident-1', 1));
  await until('a call that hangs', () => here.slack.calls('chat.postMessage').length === 1);
  await first.kill();
  here.hub.expireLeases();
  await here.bot(environment).ready();
  await until('a card', () => cards().length === 1);
  await allDone();
});

it('takes over the card of a bot that died after its post, although the incident has grown since', async () => {
  here = await scene();
  here.slack.failNext('chat.postMessage', { kind: 'hang', ms: 20_000, accepted: true });
  const first = here.bot(environment);
  await first.ready();
  await nats.publish(sampleAlert('incident-1', 1));
  await until('its card', () => cards().length === 1);
  await first.kill();
  // The stream keeps the newest state alone: what is left to deliver was never delivered before.
  await nats.publish(sampleAlert('incident-1', 2));
  here.hub.expireLeases();
  await here.bot(environment).ready();
  await until('the newest state is shown', () => cards().at(-1)?.text.startsWith('2 processes'));
  await allDone();
  expect(cards()).toHaveLength(1);
});

it('shows hostile names escaped and notifies nobody', async () => {
  const hostile = '<!channel> & <@UALICE> @here `x`\n*';
  here = await scene();
  await here.bot(environment).ready();
  await nats.publish(
    sampleAlert('incident-1', 3, {
      title: `${hostile} was killed`,
      hosts: [hostile, 'web-3'],
      victims: Array.from({ length: 20 }, () => ({ comm: hostile.repeat(20), count: 3 })),
    }),
  );
  const card = await until('a card', () => cards()[0]);
  expect(card.pings).toEqual([]);
  expect(card.blocks.length).toBeGreaterThan(2);
  expect(JSON.stringify(card.blocks)).toContain('&lt;!channel&gt;');
});

it('answers in the thread of the card when its button is clicked', async () => {
  here = await scene();
  await here.bot(environment).ready();
  await nats.publish(sampleAlert('incident-1', 1));
  const card = await until('a card', () => cards()[0]);
  await here.slack.click(card, 'death:0');
  await until('verdict and evidence', () => here.slack.thread(card).length === 2);
});
