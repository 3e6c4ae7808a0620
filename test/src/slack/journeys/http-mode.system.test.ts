import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deliver } from '../events/http-delivery.ts';
import { eventCallback } from '../events/payloads.ts';
import { type Scene, scene } from '../stage/scene.ts';
import { until } from '../stage/until.ts';

const timeoutMs = 5000;
let here: Scene;
let url: string;

beforeEach(async () => {
  here = await scene();
  const bot = here.bot({
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: here.slack.signingSecret,
    PORT: '0',
  });
  url = `http://127.0.0.1:${/\d+/.exec(await bot.ready())?.[0]}/slack/events`;
  here.slack.sendTo(url);
});
afterEach(() => here.close());

it('answers signed events, commands and clicks over HTTP', async () => {
  const asked = here.slack.mention('why did nginx die?');
  expect(await asked.delivered).toMatchObject({ status: 200, attempts: 1 });
  await until('the answer', () => here.slack.thread(asked).length === 2);
  await here.slack.redeliver(asked);
  expect(await here.slack.command('who killed pid 4121')).toMatchObject({ status: 200 });
  await until('the answer to the command', () => here.slack.messages('COPS').length === 4);
  expect(here.slack.thread(asked)).toHaveLength(2);
});

it('answers 401 to a forged signature and to a stale timestamp', async () => {
  const event = { type: 'app_mention', channel: 'COPS', user: 'UALICE', text: 'nginx', ts: '1.1' };
  const envelope = {
    type: 'events_api' as const,
    payload: eventCallback(here.slack.workspace, 'EvForged', event),
  };
  const secret = here.slack.signingSecret;
  const now = Math.floor(Date.now() / 1000);
  const send = (signing: { secret: string; timestamp?: number }) =>
    deliver(url, envelope, 0, signing, timeoutMs);
  expect(await send({ secret: 'guessed' })).toMatchObject({ status: 401 });
  expect(await send({ secret, timestamp: now - 301 })).toMatchObject({ status: 401 });
  expect(await fetch(url, { method: 'POST', body: '{}' })).toMatchObject({ status: 401 });
  expect(here.slack.messages()).toHaveLength(0);
});

it('listens on loopback alone', () => {
  const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0');
  const listening = ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((path) => readFileSync(path, 'utf8').split('\n'))
    .map((line) => line.trim().split(/\s+/)[1] ?? '')
    .filter((address) => address.endsWith(`:${port}`));
  expect(new Set(listening)).toEqual(new Set([`0100007F:${port}`]));
});
