/**
 * NATS subjects and streams. A host name becomes one subject token, so that a credential can be
 * limited to it; `.`, `*`, `>` and white space cannot stand in a token and are percent-encoded.
 */
export const eventStream = {
  name: 'CORONER_EVENTS',
  subjects: ['coroner.events.*', 'coroner.heartbeat.*'],
  /** One durable consumer, shared by all hubs. */
  consumer: 'hub',
} as const;

export const alertStream = {
  name: 'CORONER_ALERTS',
  subjects: ['coroner.alerts.>'],
  /** One durable consumer, shared by all bots. */
  consumer: 'bot',
} as const;

/** `web-3.example` → `web-3%2Eexample`; the inverse is `decodeURIComponent`. */
export function hostToken(host: string): string {
  return encodeURIComponent(host).replace(
    /[.*~!'()]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

export const eventSubject = (host: string): string => `coroner.events.${hostToken(host)}`;
export const heartbeatSubject = (host: string): string => `coroner.heartbeat.${hostToken(host)}`;
export const alertSubject = (incidentId: string): string => `coroner.alerts.incident.${incidentId}`;

/**
 * Prefix of an agent's reply subjects: it may listen there and nowhere else. The host is a token of
 * its own, for nats-server fills in no part of one (`{{name()}}` of a scoped signing key).
 */
export const agentInbox = (host: string): string => `_INBOX_agent.${hostToken(host)}`;

/** The host that a subject of the event stream belongs to; null for any other subject. */
export function hostOfSubject(subject: string): string | null {
  const [root, channel, token, ...rest] = subject.split('.');
  if (root !== 'coroner' || !token || rest.length > 0) return null;
  if (channel !== 'events' && channel !== 'heartbeat') return null;
  try {
    return decodeURIComponent(token);
  } catch {
    return null;
  }
}

/** Prefix of the bot's reply subjects. */
export const botInbox = '_INBOX_bot';

/** All that the bot's credential has to allow: to read alerts, and nothing else. */
export const botPermissions = {
  publish: [
    `$JS.API.CONSUMER.INFO.${alertStream.name}.${alertStream.consumer}`,
    `$JS.API.CONSUMER.MSG.NEXT.${alertStream.name}.${alertStream.consumer}`,
    `$JS.API.STREAM.MSG.GET.${alertStream.name}`,
    `$JS.ACK.${alertStream.name}.${alertStream.consumer}.>`,
  ],
  subscribe: [`${botInbox}.>`],
} as const;
