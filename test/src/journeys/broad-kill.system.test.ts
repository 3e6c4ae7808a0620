import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Slack } from '../slack/slack.ts';
import { startSlack } from '../slack/start-slack.ts';
import { deaths, why } from '../stack/ask.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { until } from '../stack/until.ts';
import { type Victims, victims } from '../victims/victims.ts';

/** Journey 2: one careless command line over thirty processes. */
const many = 30;
const alertChannel = 'CALERTS';
let slack: Slack;
let stack: Stack;
let lab: Victims;
beforeAll(async () => {
  lab = victims();
  slack = await startSlack();
  stack = await startStack({
    environment: {
      SLACK_API_URL: slack.url,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_ALERT_CHANNEL: alertChannel,
    },
  });
});
afterAll(async () => {
  await lab.clean();
  await stack.stop();
  await slack.close();
});

it('kill -9 $(ps aux | grep …) over thirty processes is one incident and one message', async () => {
  const name = lab.name();
  const path = lab.program(name);
  const killed = Array.from({ length: many }, () => lab.run(path, ['rest']));
  await Promise.all(killed.map(({ up }) => up));
  const script = join(lab.folder, 'tidy-up.sh');
  writeFileSync(script, `kill -9 $(ps aux | grep ${name} | awk '{print $2}')\n`);
  const sender = await lab.send('bash', [script], { stdio: 'ignore' });
  await Promise.all(killed.map(({ end }) => end));

  const all = await until('all deaths are known', async () => {
    const known = await deaths(stack, { process: name, cause: 'signal-from-process' });
    return known.length >= many ? known : null;
  });
  expect(new Set(all.map(({ pid }) => pid))).toEqual(new Set(killed.map(({ pid }) => pid)));
  expect(new Set(all.map(({ incidentId }) => incidentId)).size).toBe(1);
  for (const { pid } of killed) {
    const answer = await why(stack, { process: name, pid });
    expect(answer.actor).toMatchObject({ pid: sender.pid, cmdline: sender.argv });
    expect(answer.verdict.confidence).toBe('proven');
    expect(answer.related).toMatchObject({ sameActor: many - 1, incidentId: all[0]?.incidentId });
  }

  const told = () =>
    slack.messages(alertChannel).filter(({ blocks }) => JSON.stringify(blocks).includes(name));
  await until('the alert counts all of them', () =>
    told().find(({ blocks }) => JSON.stringify(blocks).includes(`*${many} deaths*`)),
  ).catch((error: Error) => {
    throw new Error(`${error.message}\n${JSON.stringify(slack.messages(), null, 1)}`);
  });
  expect(told().filter(({ threadTs }) => threadTs === null)).toHaveLength(1);
});
