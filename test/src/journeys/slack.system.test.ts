import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { why } from '../stack/ask.ts';
import { until } from '../stack/until.ts';
import { alertChannel, journey } from './journey.ts';

/** Journey 8: the whole way into Slack, here with signed HTTP events. */
const here = journey({ slack: 'http' });
let eventsUrl: string;
beforeAll(() => {
  const log = readFileSync(join(here.stack.stateDir, 'log/bot.log'), 'utf8');
  const port = /http port (\d+)/.exec(log)?.[1];
  if (!port) throw new Error(`the bot names no port:\n${log}`);
  eventsUrl = `http://127.0.0.1:${port}/slack/events`;
  here.slack.sendTo(eventsUrl);
});

/** A process of a name of its own, killed by a program of another: an incident of its own; the name. */
async function somebodyIsKilled(): Promise<string> {
  const name = here.lab.name();
  const victim = here.lab.run(here.lab.program(name), ['rest']);
  await victim.up;
  await here.lab.send(here.lab.program(here.lab.name('kil')), ['kill', '9', `${victim.pid}`]);
  await victim.end;
  await why(here.stack, { process: name });
  return name;
}

const alertsOf = (name: string) =>
  here.slack
    .messages(alertChannel)
    .filter(({ text, threadTs }) => !threadTs && text.includes(name));

it('a mention is answered in its thread, and nowhere else', async () => {
  const name = await somebodyIsKilled();
  const asked = here.slack.mention(`why did ${name} die?`);
  expect(await asked.delivered).toMatchObject({ status: 200 });
  const [verdict] = await until('verdict and evidence', () => {
    const thread = here.slack.thread(asked);
    return thread.length >= 2 ? thread : null;
  });
  expect(verdict?.text).toContain(name);
  expect(verdict?.text).toContain('SIGKILL');
  expect(JSON.stringify(verdict?.blocks)).toContain('/kil-');
  expect(here.slack.messages(asked.channel).every(({ threadTs }) => threadTs === asked.ts)).toBe(
    true,
  );
});

it('an alert is posted, once', async () => {
  const name = await somebodyIsKilled();
  await until('the alert', () => alertsOf(name).length > 0);
  const next = await somebodyIsKilled();
  await until('the next alert', () => alertsOf(next).length > 0);
  expect(alertsOf(name)).toHaveLength(1);
});

it('the same event id twice gives one answer', async () => {
  const name = await somebodyIsKilled();
  const asked = here.slack.mention(`why did ${name} die?`);
  await asked.delivered;
  await here.slack.redeliver(asked);
  const after = here.slack.mention(`why did ${name} die?`);
  await until('the answer to a later question', () => here.slack.thread(after).length >= 2);
  await until('the answer', () => here.slack.thread(asked).length >= 2);
  expect(here.slack.thread(asked)).toHaveLength(2);
});

it('a forged signature gets 401, a right one 200', async () => {
  const body = JSON.stringify({ type: 'url_verification', challenge: 'x' });
  const post = (secret: string) => {
    const stamp = `${Math.floor(Date.now() / 1000)}`;
    const hash = createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex');
    return fetch(eventsUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': stamp,
        'x-slack-signature': `v0=${hash}`,
      },
      body,
    });
  };
  expect((await post('forged')).status).toBe(401);
  expect((await post(here.slack.signingSecret)).status).toBe(200);
});

it('a 429 delays and loses nothing', async () => {
  here.slack.failNext('chat.postMessage', { kind: 'rate-limit', retryAfterSeconds: 1 }, 2);
  const name = await somebodyIsKilled();
  const asked = here.slack.mention(`why did ${name} die?`);
  await until('the answer', () => here.slack.thread(asked).length >= 2);
  await until('the alert', () => alertsOf(name).length > 0);
  expect(here.slack.thread(asked)).toHaveLength(2);
  expect(alertsOf(name)).toHaveLength(1);
});
