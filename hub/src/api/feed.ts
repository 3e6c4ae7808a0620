import type { IncidentRow } from '@coroner/schema/http/incidents';
import type { DeathRow } from '@coroner/schema/http/pages';

/** What subscribers of the stream hear of. */
export type FeedItem =
  | { event: 'death'; data: DeathRow }
  | { event: 'incident'; data: IncidentRow };

/** Passes committed deaths and incidents to whoever listens; nothing is kept for later. */
export interface Feed {
  readonly size: number;
  publish(item: FeedItem): void;
  /** Returns what ends the subscription. */
  subscribe(listener: (item: FeedItem) => void): () => void;
}

export function createFeed(): Feed {
  const listeners = new Set<(item: FeedItem) => void>();
  return {
    get size() {
      return listeners.size;
    },
    publish(item) {
      for (const listener of listeners) listener(item);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
