import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSlack } from '../slack/start-slack.ts';
import { startStack } from '../stack/stack.ts';
import { victims } from '../victims/victims.ts';
import { spread } from './figures.ts';
import { measureKills } from './kill-to-answer.ts';
import { type Load, loadOf } from './process-load.ts';

/** `npm run bench:latency`: how fast a kill is answered, and what the agent costs. */
const kills = 200;
const stormKills = 15_000;
const stormPauseUs = 700;
const idleMs = 15_000;
const stormMs = 8_000;
const alertChannel = 'CALERTS';

const say = (what: string, figure: string) =>
  process.stdout.write(`${what.padEnd(34)} ${figure}\n`);
const loadInWords = ({ rssMb, cpuPercent }: Load) =>
  `RSS ${rssMb.toFixed(0)} MB, CPU ${cpuPercent.toFixed(1)} % of a core`;

const stateDir = mkdtempSync(join(tmpdir(), 'coroner-latency-'));
const slack = await startSlack({ post: { burst: 1000, everyMs: 1 } });
const lab = victims();
const environment = {
  SLACK_API_URL: slack.url,
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_APP_TOKEN: slack.appToken,
  SLACK_ALERT_CHANNEL: alertChannel,
};

async function startAndSay(what: string) {
  const began = performance.now();
  const stack = await startStack({ stateDir, environment });
  say(what, `${((performance.now() - began) / 1000).toFixed(1)} s`);
  return stack;
}

try {
  await (await startAndSay('npm start, no data yet')).stop();
  const stack = await startAndSay('npm start, second time');
  try {
    const { apiMs, alertMs } = await measureKills(stack, slack, lab, alertChannel, kills);
    say('kill → answer in the API', spread(apiMs));
    say('kill → alert accepted by Slack', spread(alertMs));
    const agent = stack.run().pids['agent'] ?? 0;
    say('agent, idle', loadInWords(await loadOf(agent, idleMs)));
    const began = performance.now();
    const storm = lab.run(lab.program(lab.name('sto')), [
      'storm',
      `${stormKills}`,
      `${stormPauseUs}`,
    ]);
    const load = await loadOf(agent, stormMs);
    await storm.end;
    const rate = stormKills / ((performance.now() - began) / 1000);
    say(`agent, ${rate.toFixed(0)} kills/s`, loadInWords(load));
  } finally {
    await stack.stop();
  }
} finally {
  await lab.clean();
  await slack.close();
  rmSync(stateDir, { recursive: true, force: true });
}
