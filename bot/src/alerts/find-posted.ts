import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { findMessage } from '../slack/post/find-message.ts';
import type { Posted } from '../slack/post/posted.ts';

/** Message metadata by which our own card of an incident is found again. */
export const metadataType = 'coroner_incident';
const msPerSecond = 1000;
/** Hosts' clocks and Slack's may differ: a card may look older than the death that it tells of. */
const clocksDifferMs = 3_600_000;
const isUser = /^[UW]/;

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
  const oldestMs = Math.min(Date.parse(firstAt), Date.now()) - clocksDifferMs;
  const oldest = String(Math.floor(oldestMs / msPerSecond));
  try {
    return await findMessage(
      client,
      { channel: await readable(client, channel), oldest },
      (type, payload) => type === metadataType && payload['incident'] === incidentId,
    );
  } catch (error) {
    log.warn(
      { incidentId, error: String(error) },
      'cannot look for an earlier card of this incident: it may be posted twice',
    );
    return null;
  }
}

/** Slack takes messages for a user's id, and gives the history of the direct channel alone. */
async function readable(client: webApi.WebClient, channel: string): Promise<string> {
  if (!isUser.test(channel)) return channel;
  const { channel: direct } = await client.conversations.open({ users: channel });
  return direct?.id ?? channel;
}
