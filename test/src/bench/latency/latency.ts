import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { p50, p99, percentile } from '../../history/spread.ts';
import { startSlack } from '../../slack/start-slack.ts';
import { startStack } from '../../stack/stack.ts';
import { victims } from '../../victims/victims.ts';
import type { Bench, Part } from '../part.ts';
import { type KillLatencies, measureKills } from './kill-to-answer.ts';

/** One takes 1.3 s, for Slack is idle at each. */
const kills = 100;
const tellEvery = 20;
const alertChannel = 'CALERTS';
const targets = [
  { what: 'kill → API', of: 'apiMs', medianMs: 100, tailMs: 300 },
  { what: 'kill → alert accepted by Slack', of: 'alertMs', medianMs: null, tailMs: 1_000 },
] as const;

export const latency: Part = {
  summary: 'from a kill to its answer in the API, and to its alert in Slack',
  async run({ report, scale, say }: Bench) {
    const count = Math.max(1, Math.round(kills * scale));
    const found = await measured(count, say);
    report.table({
      title: 'Latency',
      notes: [
        `${count} kills, one after the other, through \`npm start\`: agent, nats-server, hub, Postgres, bot and an emulated Slack.`,
        "From the kernel's time of death to the first answer that has it, and to the message that Slack accepts.",
      ],
      head: ['way', 'p50', 'p99', 'worst'],
      rows: targets.map(({ what, of }) => [
        what,
        ...[p50, p99, 1].map((share) => inMs(percentile(found[of], share))),
      ]),
    });
    for (const { what, of, medianMs, tailMs } of targets) {
      if (medianMs !== null)
        report.target(below(`${what}, p50`, percentile(found[of], p50), medianMs));
      report.target(below(`${what}, p99`, percentile(found[of], p99), tailMs));
    }
  },
};

const inMs = (ms: number): string => `${ms.toFixed(0)} ms`;
const below = (what: string, got: number, most: number) => ({
  ...{ what, wanted: `≤ ${inMs(most)}`, got: inMs(got), reached: got <= most },
});

async function measured(count: number, say: Bench['say']): Promise<KillLatencies> {
  const stateDir = mkdtempSync(join(tmpdir(), 'coroner-latency-'));
  const slack = await startSlack({ post: { burst: 1000, everyMs: 1 } });
  const lab = victims();
  const environment = {
    SLACK_API_URL: slack.url,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_ALERT_CHANNEL: alertChannel,
  };
  try {
    const stack = await startStack({ stateDir, environment });
    try {
      return await measureKills(stack, slack, lab, alertChannel, count, (done) => {
        if (done % tellEvery === 0) say(`${done} of ${count} kills`);
      });
    } finally {
      await stack.stop();
    }
  } finally {
    await lab.clean();
    await slack.close();
    rmSync(stateDir, { recursive: true, force: true });
  }
}
