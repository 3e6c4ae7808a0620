import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { neededScopes } from '@coroner/bot/slack/setup/scopes';
import { afterEach, expect, it } from 'vitest';
import { projectRoot } from '../../stack/stack.ts';
import type { Slack } from '../slack.ts';
import { startSlack } from '../start-slack.ts';

let slack: Slack;
afterEach(() => slack.close());

interface Ended {
  status: number;
  out: string;
}

const setUp = (environment: Record<string, string>): Promise<Ended> =>
  new Promise((resolve) => {
    const program = join(projectRoot, 'bot/bin/coroner.js');
    const env = { PATH: process.env['PATH'] ?? '', SLACK_API_URL: slack.url, ...environment };
    const child = execFile(process.execPath, [program, 'slack-setup'], { env }, (_, out, err) =>
      resolve({ status: child.exitCode ?? -1, out: out + err }),
    );
  });

const tokens = () => ({ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken });

it('says that all is well, and what is only useful', async () => {
  slack = await startSlack();
  const { status, out } = await setUp({ ...tokens(), SLACK_ALERT_CHANNEL: 'CALERTS' });
  expect(out).toMatch(/SLACK_BOT_TOKEN +ok +coroner in the workspace Coroner/);
  expect(out).toMatch(/scopes +ok/);
  expect(out).toMatch(/SLACK_APP_TOKEN +ok/);
  expect(out).toMatch(/SLACK_ALERT_CHANNEL +ok +the bot is in #/);
  expect(out).toMatch(/NATS_URL +limited/);
  expect(status).toBe(0);
  expect(slack.messages()).toEqual([]);
});

it('names each missing scope and what does not work without it', async () => {
  slack = await startSlack({ scopes: ['chat:write', 'channels:read'] });
  const { status, out } = await setUp({ ...tokens(), SLACK_ALERT_CHANNEL: 'CALERTS' });
  expect(out).toMatch(/scope app_mentions:read +WRONG +missing: it does not hear mentions/);
  expect(out).toMatch(/scope files:write +WRONG/);
  expect(out).not.toContain('scope chat:write');
  expect(status).toBe(2);
});

it('names wrong tokens and a channel without the bot', async () => {
  slack = await startSlack();
  const forged = await setUp({ ...tokens(), SLACK_BOT_TOKEN: 'xoxb-forged' });
  expect(forged.out).toMatch(/SLACK_BOT_TOKEN +WRONG +Slack says invalid_auth\. To do: /);
  const noSocket = await setUp({ ...tokens(), SLACK_APP_TOKEN: 'xapp-forged' });
  expect(noSocket.out).toMatch(/SLACK_APP_TOKEN +WRONG +Slack says invalid_auth/);
  const elsewhere = await setUp({ ...tokens(), SLACK_ALERT_CHANNEL: 'CNOWHERE' });
  expect(elsewhere.out).toMatch(/CNOWHERE: Slack says channel_not_found/);
  const daily = { CORONER_DIGEST_DAILY: '0 9 * * *' };
  const noDigest = await setUp({ ...tokens(), ...daily, SLACK_DIGEST_CHANNEL: 'CPRIVATE' });
  expect(noDigest.out).toMatch(/digests +WRONG +the bot is not in #management/);
  const noGroup = await setUp({ ...tokens(), SLACK_ACTORS: 'SGONE' });
  expect(noGroup.out).toMatch(/SLACK_ACTORS +WRONG +SGONE: Slack says no_such_subteam/);
  const nothing = await setUp({});
  expect(nothing.out).toContain('SLACK_BOT_TOKEN and SLACK_APP_TOKEN');
  expect([forged, noSocket, elsewhere, nothing].map(({ status }) => status)).toEqual([2, 2, 2, 2]);
});

it('the manifest asks for what the bot needs', async () => {
  slack = await startSlack();
  const manifest = JSON.parse(
    readFileSync(join(projectRoot, 'infra/slack/manifest.json'), 'utf8'),
  ) as { oauth_config: { scopes: { bot: string[] } } };
  expect(manifest.oauth_config.scopes.bot).toEqual(Object.keys(neededScopes).sort());
});
