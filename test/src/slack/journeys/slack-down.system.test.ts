import { afterEach, expect, it } from 'vitest';
import { startNats } from '../stage/nats-server.ts';
import { sampleAlert } from '../stage/sample-alert.ts';
import { scene } from '../stage/scene.ts';
import { until } from '../stage/until.ts';

const incidents = 50;
const deathsEach = 200;
const channel = 'CALERTS';
const toEnd: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end();
});

const incidentOf = ({ metadata }: { metadata: unknown }) =>
  (metadata as { event_payload: { incident: string } }).event_payload.incident;

it('holds what comes while Slack is down, and brings it in order, each incident as it is by then', async () => {
  const nats = await startNats();
  toEnd.push(() => nats.close());
  const here = await scene();
  toEnd.push(() => here.close());
  const bot = here.bot({ NATS_URL: nats.url, SLACK_ALERT_CHANNEL: channel });
  await bot.ready();
  const comeBack = await here.slackDown();
  const names = Array.from({ length: incidents }, (_, index) => `incident-${index}`);
  for (const revision of [1, 50, deathsEach])
    for (const name of names) await nats.publish(sampleAlert(name, revision));
  await until('it was tried', () =>
    bot.log.some(({ msg }) => String(msg).startsWith('Slack did not take it')),
  );
  await until('all wait at the bot', () => here.hub.claimed.length >= incidents);
  await comeBack();
  await until('every alert is acknowledged', async () => (await nats.unacknowledged()) === 0);
  const cards = here.slack.messages(channel).filter(({ threadTs }) => !threadTs);
  expect(cards.map(incidentOf)).toEqual(names);
  for (const { text, edits } of cards) {
    expect(text).toMatch(new RegExp(`^${deathsEach} processes`));
    expect(edits).toHaveLength(0);
  }
  expect(here.slack.calls('chat.postMessage').filter(({ outcome }) => outcome === '429')).toEqual(
    [],
  );
});
