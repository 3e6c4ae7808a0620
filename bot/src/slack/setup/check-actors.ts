import type { webApi } from '@slack/bolt';
import { slackError } from './check-token.ts';
import { type Finding, good, limited, wrong } from './finding.ts';

const what = 'SLACK_ACTORS';

/** The user group whose members may act on incidents: it is there, and somebody is in it. */
export async function checkActors(
  client: webApi.WebClient,
  group: string | null,
): Promise<Finding> {
  if (group === null)
    return limited(what, 'not set: everybody may act on incidents', 'set it to a user group, S…');
  try {
    const { users = [] } = await client.usergroups.users.list({ usergroup: group });
    if (users.length > 0) return good(what, `${users.length} people may act on incidents`);
    return wrong(what, `nobody is in ${group}: nobody may act`, 'add people to the user group');
  } catch (error) {
    return wrong(
      what,
      `${group}: ${slackError(error)}: nobody may act on incidents`,
      'take the id (S…) of the user group, and grant usergroups:read',
    );
  }
}
