/** Wakes whoever follows the changes: something was committed. */
export interface Feed {
  /** How many follow. */
  readonly size: number;
  wake(): void;
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
}

export function createFeed(): Feed {
  const listeners = new Set<() => void>();
  return {
    get size() {
      return listeners.size;
    },
    wake() {
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
