import { cards } from '@coroner/bot/alerts/card';
import { deliver } from '@coroner/bot/alerts/deliver';
import { findPosted, metadataType } from '@coroner/bot/alerts/find-posted';
import { incidentBoard } from '@coroner/bot/alerts/incident-board';
import { undeliverable } from '@coroner/bot/alerts/undeliverable';
import { slackClient } from '@coroner/bot/slack/connect/slack-client';
import { once } from '@coroner/bot/slack/listen/once';
import { channelQueue } from '@coroner/bot/slack/post/channel-queue';
import { renderAlert } from '@coroner/bot/slack/render/render-alert';
import { hubClient } from '@coroner/schema/client/hub-client';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleAlert } from '../stage/sample-alert.ts';
import { type Scene, scene } from '../stage/scene.ts';

const silent = pino({ level: 'silent' });
let here: Scene;
beforeEach(async () => {
  here = await scene();
});
afterEach(() => here.close());

const client = () =>
  slackClient(
    {
      ...{ botToken: here.slack.botToken, apiUrl: here.slack.url, alertChannel: null },
      publicUrl: null,
      occurrencesEveryMs: 0,
      digests: [],
      digestChannel: null,
      actors: null,
      inlet: { mode: 'socket', appToken: here.slack.appToken },
    },
    silent,
  );
const hub = () => hubClient({ url: here.hub.url, token: here.hub.token });

it('passes an alert over that Slack refuses for good, and says so', async () => {
  const said: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => void said.push(line) });
  const queue = channelQueue(() => undefined);
  const board = incidentBoard();
  const channel = 'COLD';
  let acknowledged = 0;
  const carrier = { ack: () => void acknowledged++, working: () => undefined, redelivered: false };
  const delivering = {
    ...{ board, queue, channel, log, newest: async () => null },
    cards: cards(client(), hub(), 'holder-1', channel, silent, renderAlert),
    undeliverable: undeliverable(channel, log, 2),
  };
  for (const id of ['incident-1', 'incident-2']) {
    board.put(sampleAlert(id, 1), carrier);
    await deliver(id, delivering, new AbortController().signal);
  }
  queue.stop();
  expect(acknowledged).toBe(2);
  expect(board.size()).toBe(0);
  expect(said.filter((line) => line.includes('Slack refuses alerts'))).toHaveLength(1);
  expect(said.filter((line) => line.includes('passed over'))).toHaveLength(2);
});

it('finds its own card behind hundreds of messages', async () => {
  const { workspace } = here.slack;
  const add = (incident: string | null) =>
    workspace.add({
      ...{
        channel: 'CALERTS',
        ts: workspace.nextTs(),
        threadTs: null,
        user: 'UBOT',
        botId: 'BBOT',
      },
      ...{ text: 'x', blocks: [], acceptedMs: 0, edits: [], pings: [], onlyFor: null },
      metadata: incident && { event_type: metadataType, event_payload: { incident } },
    });
  const card = add('incident-1');
  for (let index = 0; index < 450; index++) add(index % 2 ? `other-${index}` : null);
  const firstAt = new Date(Date.now() + 60_000).toISOString();
  const found = await findPosted(client(), 'CALERTS', 'incident-1', firstAt, silent);
  expect(found?.ts).toBe(card.ts);
});

it('takes an event again that another bot took and never answered', async () => {
  const [first, second] = ['holder-1', 'holder-2'].map((holder) => once(hub(), holder, silent));
  expect(await first?.first('slack-event:1')).toBe(true);
  expect(await second?.first('slack-event:1')).toBe(false);
  here.hub.expireLeases();
  expect(await second?.first('slack-event:1')).toBe(true);
  expect(await second?.first('slack-event:1')).toBe(false);
  await second?.done('slack-event:1', { channel: 'C1', ts: '1.1' });
  here.hub.expireLeases();
  expect(await first?.first('slack-event:1')).toBe(false);
});
