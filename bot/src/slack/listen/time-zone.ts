import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';

const freshForMs = 3_600_000;
const remembered = 2000;

/** The IANA time zone of a Slack user, asked for once an hour; UTC while Slack does not say. */
export function timeZones(client: webApi.WebClient, log: Logger) {
  const known = new Map<string, { timezone: string; untilMs: number }>();
  return async (user: string | undefined): Promise<string> => {
    if (!user) return 'UTC';
    const old = known.get(user);
    if (old && old.untilMs > performance.now()) return old.timezone;
    try {
      const timezone = (await client.users.info({ user })).user?.tz ?? 'UTC';
      if (known.size >= remembered) known.clear();
      known.set(user, { timezone, untilMs: performance.now() + freshForMs });
      return timezone;
    } catch (error) {
      log.warn({ error: String(error) }, 'users.info failed: reading times as UTC');
      return old?.timezone ?? 'UTC';
    }
  };
}
