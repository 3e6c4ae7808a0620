import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startNats } from '../stage/nats-server.ts';
import type { RunningBot } from '../stage/run-bot.ts';
import { sampleAlert } from '../stage/sample-alert.ts';
import { type Scene, scene } from '../stage/scene.ts';
import { until } from '../stage/until.ts';

let here: Scene;
let nats: Awaited<ReturnType<typeof startNats>>;
let folder: string;
let file: string;
let bot: RunningBot;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-bot-conf-'));
  file = join(folder, 'bot.conf');
  writeFileSync(file, 'SLACK_ALERT_CHANNEL=CALERTS\n');
  nats = await startNats();
  here = await scene();
  bot = here.bot({ NATS_URL: nats.url, CORONER_CONFIG: file });
  await bot.ready();
});
afterEach(async () => {
  await here.close();
  await nats.close();
  rmSync(folder, { recursive: true, force: true });
});

const cardsOf = (incidentId: string, channel = 'CALERTS') =>
  here.slack.messages(channel).filter((message) => JSON.stringify(message).includes(incidentId))
    .length;

const said = (message: string) => bot.log.filter(({ msg }) => msg === message);

async function answered(text: string): Promise<string> {
  const asked = here.slack.mention(text);
  const answer = await until('an answer', () => here.slack.thread(asked)[0]);
  return JSON.stringify(answer.blocks);
}

it('answers and posts by the new file, and loses no question and no alert on the way', async () => {
  expect(await answered('why did nginx die?')).not.toContain('https://coroner.example');
  const url = 'CORONER_PUBLIC_URL=https://coroner.example\n';
  writeFileSync(file, `SLACK_ALERT_CHANNEL=CALERTS\n${url}`);
  const incidents = ['one', 'two', 'three', 'four', 'five', 'six'].map((name) => `id-${name}-x`);
  for (const [index, incidentId] of incidents.entries()) {
    await nats.publish(sampleAlert(incidentId, 1));
    if (index === 2) bot.reload();
  }
  await until('it is ready again', () => said('ready').length === 2);
  await until('every incident has its card', () => incidents.every((id) => cardsOf(id) > 0));
  await until('all are acknowledged', async () => (await nats.unacknowledged()) === 0);
  expect(incidents.map((id) => cardsOf(id))).toEqual(incidents.map(() => 1));
  expect(await answered('why did nginx die on web-3?')).toContain('https://coroner.example');

  writeFileSync(file, `SLACK_ALERT_CHANNEL=COPS\n${url}`);
  bot.reload();
  await until('it is ready again', () => said('ready').length === 3);
  await nats.publish(sampleAlert('id-last-x', 1));
  await until('its card', () => cardsOf('id-last-x', 'COPS') > 0);
  expect(cardsOf('id-last-x')).toBe(0);
});

it('refuses a file that is wrong, says why, and goes on by the old one', async () => {
  writeFileSync(file, 'SLACK_ALERT_CHANEL=COPS\n');
  bot.reload();
  await until('it says so', () => said('not reloaded, all stays as it is').length === 1);
  expect(said('not reloaded, all stays as it is')[0]?.['reason']).toContain(
    'unknown key SLACK_ALERT_CHANEL; is SLACK_ALERT_CHANNEL meant?',
  );
  expect(await answered('why did nginx die?')).toContain('nginx');
  expect(said('ready')).toHaveLength(1);
});
