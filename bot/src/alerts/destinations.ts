import type { Alert } from '@coroner/schema/wire/alert';

/** A channel of Slack that gets a card, or has it, and whom a new one names. */
export interface Destination {
  channel: string;
  mentions: readonly string[];
}

/**
 * Where the card of an incident has to be, each channel once. `own`: the channel for what no route
 * takes, and for all alerts of a hub that knows no routes; null where there is none.
 */
export function destinationsOf({ destinations }: Alert, own: string | null): Destination[] {
  const mentioned = new Map<string, Set<string>>();
  for (const { channel, mentions } of destinations ?? [{ channel: null, mentions: [] }]) {
    const place = channel ?? own;
    if (place === null) continue;
    mentioned.set(place, new Set([...(mentioned.get(place) ?? []), ...mentions]));
  }
  return [...mentioned].map(([channel, mentions]) => ({ channel, mentions: [...mentions] }));
}
