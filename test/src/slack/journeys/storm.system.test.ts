import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import { afterEach, expect, it } from 'vitest';
import type { Slack } from '../slack.ts';
import { type RunningBot, runBot } from '../stage/run-bot.ts';
import { until } from '../stage/until.ts';
import { startSlack } from '../start-slack.ts';

const incidents = 50;
const deathsEach = 200;
const batches = 4;
const channel = 'CALERTS';
const toEnd: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end();
});

const nameOf = (incident: number) => `app-${String(incident).padStart(2, '0')}`;
const cardsIn = (slack: Slack) => slack.messages(channel).filter(({ threadTs }) => !threadTs);
const incidentOf = ({ metadata }: { metadata: unknown }) =>
  (metadata as { event_payload: { incident: string } }).event_payload.incident;

/** 50 killers, each of 200 processes on a host of its own; all at once, one batch of each in turn. */
async function storm(world: World): Promise<void> {
  const each = deathsEach / batches;
  for (let batch = 0; batch < batches; batch++) {
    for (let incident = 0; incident < incidents; incident++) {
      const host = `storm-${incident}`;
      const pid = 100 + incident;
      const cmdline = [`sweep-${incident}`];
      const killer = { pid, startUs: pid * 1000, comm: 'sweep', cmdline, user: `u${incident}` };
      const deaths = Array.from({ length: each }, (_, index) =>
        killed({ host, comm: nameOf(incident), pid: 1000 + batch * each + index, killer }),
      );
      await world.agent.publish(host, deaths);
    }
  }
}

it('shows 10,000 deaths of 50 incidents as 50 cards, through faults of Slack and the end of a bot', async () => {
  const world: World = await startWorld();
  toEnd.push(() => world.stop());
  const hub: HubProcess = await startHubProcess(world.nats.url, world.databaseUrl);
  toEnd.push(() => hub.end('SIGTERM'));
  const slack = await startSlack();
  toEnd.push(() => slack.close());
  const bot = (): RunningBot => {
    const started = runBot({
      SLACK_API_URL: slack.url,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_ALERT_CHANNEL: channel,
      CORONER_API_URL: hub.address,
      CORONER_API_TOKEN: testToken,
      NATS_URL: world.nats.url,
    });
    toEnd.push(() => started.kill());
    return started;
  };
  const first = bot();
  await Promise.all([first.ready(), bot().ready()]);
  slack.failNext('chat.postMessage', { kind: 'rate-limit', retryAfterSeconds: 1 }, 2);
  slack.failNext('chat.postMessage', { kind: 'status', status: 503 }, 2);
  slack.failNext('chat.postMessage', { kind: 'drop', accepted: true });
  slack.failNext('chat.postMessage', { kind: 'drop', accepted: false });
  slack.failNext('chat.update', { kind: 'status', status: 500 }, 2);
  await storm(world);
  await until('some cards', () => cardsIn(slack).length >= 5);
  slack.failNext('chat.postMessage', { kind: 'hang', ms: 5_000, accepted: true });
  slack.dropSockets();
  await first.kill();
  await bot().ready();

  const complete = () =>
    cardsIn(slack).filter(({ blocks }) =>
      JSON.stringify(blocks).includes(`*${deathsEach} deaths*`),
    );
  await until('every card counts all', () => complete().length >= incidents, 400_000);
  const cards = cardsIn(slack);
  expect(new Set(cards.map(incidentOf)).size).toBe(cards.length);
  expect(cards).toHaveLength(incidents);
  const text = JSON.stringify(cards.map(({ blocks }) => blocks));
  for (let incident = 0; incident < incidents; incident++) expect(text).toContain(nameOf(incident));
  // Each death as a call would be 10,000; a card is posted once, and edited at Slack's own pace.
  expect(slack.calls().length).toBeLessThan((incidents * deathsEach) / 10);
});
