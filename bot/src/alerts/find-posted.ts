import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Posted } from '../slack/post/poster.ts';

/** Message metadata by which our own card of an incident is found again. */
export const metadataType = 'coroner_incident';
const searchedMessages = 200;
const msPerSecond = 1000;

/**
 * Our card of this incident in the channel, if Slack has it although its reply never reached us.
 * Null when there is none, or when the bot may not read the channel (an optional scope).
 */
export async function findPosted(
  client: webApi.WebClient,
  channel: string,
  incidentId: string,
  firstAt: string,
  log: Logger,
): Promise<Posted | null> {
  try {
    const page = await client.conversations.history({
      channel,
      limit: searchedMessages,
      oldest: String(Math.floor(Date.parse(firstAt) / msPerSecond)),
      include_all_metadata: true,
    });
    const ours = page.messages?.find((message) => {
      const payload = message.metadata?.event_payload as Record<string, unknown> | undefined;
      return message.metadata?.event_type === metadataType && payload?.['incident'] === incidentId;
    });
    return ours?.ts ? { channel, ts: ours.ts } : null;
  } catch (error) {
    log.warn(
      { incidentId, error: String(error) },
      'cannot look for an earlier card of this incident: it may be posted twice',
    );
    return null;
  }
}
