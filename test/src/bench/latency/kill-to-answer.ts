import { setTimeout as sleep } from 'node:timers/promises';
import { Answer } from '@coroner/schema/http/answer';
import type { Slack } from '../../slack/slack.ts';
import type { Stack } from '../../stack/stack.ts';
import { until } from '../../stack/until.ts';
import type { Victims } from '../../victims/victims.ts';

/** Slack takes about one message a second for a channel: with this pause it is idle at each kill. */
const slackIdleMs = 1100;

export interface KillLatencies {
  apiMs: number[];
  alertMs: number[];
}

/**
 * Kills `count` victims one after the other, each by a program of its own, and measures from the
 * kernel's time of death to the first 200 of /v1/why, and to the alert being accepted by Slack.
 */
export async function measureKills(
  stack: Stack,
  slack: Slack,
  lab: Victims,
  alertChannel: string,
  count: number,
  onProgress: (done: number) => void,
): Promise<KillLatencies> {
  const { apiUrl, apiToken } = stack.run();
  const headers = { authorization: `Bearer ${apiToken}` };
  const result: KillLatencies = { apiMs: [], alertMs: [] };
  for (let index = 0; index < count; index += 1) {
    const name = lab.name('lat');
    const victim = lab.run(lab.program(name), ['rest']);
    await victim.up;
    await lab.send(lab.program(lab.name('kil')), ['kill', '9', `${victim.pid}`]);
    await victim.end;
    const url = new URL(`/v1/why?process=${name}`, apiUrl);
    let answer: Answer | null = null;
    while (!answer) {
      const response = await fetch(url, { headers });
      const now = Date.now();
      const body = await response.json();
      if (response.status !== 200) continue;
      answer = Answer.parse(body);
      result.apiMs.push(now - Date.parse(answer.death.diedAt));
    }
    const diedMs = Date.parse(answer.death.diedAt);
    const alert = await until(`the alert for ${name}`, () =>
      slack.messages(alertChannel).find(({ text }) => text.includes(name)),
    );
    result.alertMs.push(alert.acceptedMs - diedMs);
    onProgress(index + 1);
    await sleep(slackIdleMs);
  }
  return result;
}
