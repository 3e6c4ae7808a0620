import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { findOurs } from '../slack/post/find-message.ts';
import type { Metadata, Posted } from '../slack/post/posted.ts';

/** Message metadata by which our own card of an incident is found again. */
export const metadataType = 'coroner_incident';

export function metadataOfCard(incidentId: string): Metadata {
  return { event_type: metadataType, event_payload: { incident: incidentId } };
}

/** Our card of this incident in the channel, if Slack has it although its reply never reached us. */
export function findPosted(
  client: webApi.WebClient,
  channel: string,
  incidentId: string,
  firstAt: string,
  log: Logger,
): Promise<Posted | null> {
  const sinceMs = Math.min(Date.parse(firstAt), Date.now());
  return findOurs(client, { channel, sinceMs }, metadataOfCard(incidentId), log);
}
