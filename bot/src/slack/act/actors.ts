import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { refusalOf } from '../post/refusal.ts';

const freshForMs = 300_000;
const shownMembers = 10;

/** Who may act on incidents: everybody, or the members of a Slack user group. */
export interface Actors {
  /** Null when this user may; else why not, as mrkdwn: who may. */
  refusal(user: string): Promise<string | null>;
}

/** `group`: the id of a user group (S…); null for everybody. Members are asked for every five minutes. */
export function actors(client: webApi.WebClient, group: string | null, log: Logger): Actors {
  let known: { members: string[]; untilMs: number } | null = null;

  async function members(usergroup: string): Promise<string[]> {
    if (known && known.untilMs > performance.now()) return known.members;
    try {
      const { users = [] } = await client.usergroups.users.list({ usergroup });
      known = { members: users, untilMs: performance.now() + freshForMs };
    } catch (error) {
      if (!known) throw error;
      log.warn({ usergroup, error: String(error) }, 'the user group was not read: going by before');
    }
    return known.members;
  }

  return {
    async refusal(user) {
      if (group === null) return null;
      try {
        const all = await members(group);
        return all.includes(user) ? null : whoMay(group, all);
      } catch (error) {
        log.error({ group, error: String(error) }, 'nobody may act: SLACK_ACTORS cannot be read');
        const refusal = refusalOf(error);
        const code = refusal?.kind === 'permanent' ? refusal.code : 'no answer';
        return `Only members of the user group of SLACK_ACTORS may do this, and Slack does not tell me who they are (${code}). \`npx coroner slack-setup\` says what to do.`;
      }
    },
  };
}

function whoMay(group: string, members: readonly string[]): string {
  const shown = members.slice(0, shownMembers).map((member) => `<@${member}>`);
  const more = members.length - shown.length;
  const names = shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
  return `Only members of <!subteam^${group}> may do this: ${names || 'it has none'}.`;
}
