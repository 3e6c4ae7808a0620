import { afterEach, expect, it } from 'vitest';
import { startNats } from '../stage/nats-server.ts';
import { sampleAlert } from '../stage/sample-alert.ts';
import { type Scene, scene } from '../stage/scene.ts';
import { until } from '../stage/until.ts';
import { botOver, type Way, ways } from '../stage/ways.ts';

let here: Scene;
const toEnd: (() => Promise<void>)[] = [];
afterEach(async () => {
  await here.close();
  for (const end of toEnd.splice(0)) await end();
});

/** The blocks of an answer and of a card. */
async function shown(
  way: Way,
  environment: Record<string, string> = {},
): Promise<[string, string]> {
  const nats = await startNats();
  toEnd.push(() => nats.close());
  here = await scene();
  const alerts = { NATS_URL: nats.url, SLACK_ALERT_CHANNEL: 'CALERTS' };
  await botOver(way, here, { ...alerts, ...environment });
  const asked = here.slack.mention('why did nginx die?');
  const [answer] = await until('an answer', () => {
    const thread = here.slack.thread(asked);
    return thread.length === 2 ? thread : null;
  });
  await nats.publish(sampleAlert('a|b&c', 1));
  const card = await until('a card', () => here.slack.messages('CALERTS')[0]);
  return [JSON.stringify(answer?.blocks), JSON.stringify(card.blocks)];
}

it.each(ways)('links answers and alerts to the pages of the hub, over %s', async (way) => {
  const [answer, card] = await shown(way, { CORONER_PUBLIC_URL: 'https://coroner.example/ops/' });
  const death = 'https://coroner.example/ops/deaths/0123456789abcdef0123456789abcdef|';
  expect(answer).toContain(death);
  expect(answer).toContain('https://coroner.example/ops/incidents/incident-1|Incident');
  expect(card).toContain(death);
  expect(card).toContain('https://coroner.example/ops/incidents/a%7Cb%26c|Incident');
});

it.each(ways)('has no link where nobody said where the pages are, over %s', async (way) => {
  for (const blocks of await shown(way)) expect(blocks).not.toMatch(/<https?:/);
});
