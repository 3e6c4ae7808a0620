import { setTimeout as sleep } from 'node:timers/promises';
import type { AuthorizeResult, webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { refusalOf } from '../post/refusal.ts';

const firstBackoffMs = 500;
const longestBackoffMs = 30_000;

/**
 * Asks Slack who the token is, until Slack answers. Bolt asks at the first event otherwise, and drops
 * that event when the question fails. Rejects when the token is wrong, and when `signal` aborts.
 */
export async function identify(
  client: webApi.WebClient,
  botToken: string,
  log: Logger,
  signal: AbortSignal,
): Promise<AuthorizeResult> {
  for (let attempt = 0; ; attempt++) {
    try {
      const me = await client.auth.test();
      return {
        botToken,
        ...(me.bot_id ? { botId: me.bot_id } : {}),
        ...(me.user_id ? { botUserId: me.user_id } : {}),
        ...(me.team_id ? { teamId: me.team_id } : {}),
      };
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || refusal.kind === 'blocks') throw error;
      if (refusal.kind === 'permanent') {
        throw new Error(
          `Slack refuses SLACK_BOT_TOKEN (${refusal.code}): take the bot token (xoxb-…) of the app's "OAuth & Permissions" page.`,
          { cause: error },
        );
      }
      const backoffMs = Math.min(firstBackoffMs * 2 ** attempt, longestBackoffMs);
      const waitMs = refusal.kind === 'rate-limited' ? refusal.waitMs : backoffMs;
      log.warn(
        { waitMs, error: (error as Error).message },
        'Slack cannot be reached: trying again',
      );
      await sleep(waitMs, undefined, { signal });
    }
  }
}
