import type { webApi } from '@slack/bolt';
import { refusalOf } from '../post/refusal.ts';
import { type Finding, good, limited, wrong } from './finding.ts';
import { neededScopes, usefulScopes } from './scopes.ts';

const reinstall = 'add them on the page "OAuth & Permissions" of the app and install it again';

/** The bot token and its scopes, which Slack names in the header of every answer. */
export async function checkToken(client: webApi.WebClient): Promise<Finding[]> {
  const what = 'SLACK_BOT_TOKEN';
  try {
    const me = await client.auth.test();
    const known = good(what, `${me.user ?? 'the bot'} in the workspace ${me.team ?? me.team_id}`);
    return [known, ...scopeFindings(me.response_metadata?.scopes)];
  } catch (error) {
    const take = 'take the token (xoxb-…) from the page "OAuth & Permissions" of the app';
    return [wrong(what, slackError(error), take)];
  }
}

function scopeFindings(granted: string[] | undefined): Finding[] {
  if (!granted)
    return [limited('scopes', 'Slack does not say which ones the token has', 'compare by hand')];
  const missing = (scopes: Record<string, string>) =>
    Object.entries(scopes).filter(([scope]) => !granted.includes(scope));
  const findings = missing(neededScopes).map(([scope, without]) =>
    wrong(`scope ${scope}`, `missing: ${without}`, reinstall),
  );
  const useful = missing(usefulScopes).map(([scope, without]) =>
    limited(`scope ${scope}`, `not granted: ${without}`, reinstall),
  );
  if (findings.length > 0) return [...findings, ...useful];
  return [good('scopes', 'all that the bot needs'), ...useful];
}

/** What Slack said, in one line. */
export function slackError(error: unknown): string {
  const refusal = refusalOf(error);
  if (refusal?.kind === 'permanent') return `Slack says ${refusal.code}`;
  return error instanceof Error ? error.message : String(error);
}
