import { agentInbox, botPermissions, eventStream, hostToken } from '@coroner/schema/wire/subjects';
import type { Secrets } from '../state/secrets.ts';

export interface NatsUser {
  user: string;
  password: string;
  publish: string[];
  subscribe: string[];
}

/** NATS user of the agent of one host. */
export const agentUser = (host: string): string => `agent-${hostToken(host)}`;

/**
 * Who may do what. An agent publishes as its own host and hears only the acknowledgements of that;
 * the hub keeps the streams, consumes events and publishes alerts; the bot consumes alerts;
 * the operator (run.json) may do everything within the account.
 */
export function natsUsers(secrets: Secrets['nats'], host: string): NatsUser[] {
  const token = hostToken(host);
  return [
    {
      user: agentUser(host),
      password: secrets.agent,
      publish: [`coroner.events.${token}`, `coroner.heartbeat.${token}`],
      subscribe: [`${agentInbox(host)}.>`],
    },
    {
      user: 'hub',
      password: secrets.hub,
      publish: ['$JS.API.>', `$JS.ACK.${eventStream.name}.>`, 'coroner.alerts.>'],
      subscribe: ['_INBOX.>'],
    },
    {
      user: 'bot',
      password: secrets.bot,
      publish: [...botPermissions.publish],
      subscribe: [...botPermissions.subscribe],
    },
    { user: 'operator', password: secrets.operator, publish: ['>'], subscribe: ['>'] },
  ];
}
