/** Messages between the puller and one worker. Closing wakes both sides. */
export interface Queue<Item> {
  push(item: Item): void;
  /** At least one and at most `most` items, or none when the queue was closed and is empty. */
  take(most: number): Promise<Item[]>;
  /** Resolves when fewer than `items` wait, or the queue is closed. */
  room(items: number): Promise<void>;
  close(): void;
}

export function createQueue<Item>(): Queue<Item> {
  const waiting: Item[] = [];
  let closed = false;
  let wake: (() => void)[] = [];
  const changed = () => new Promise<void>((resolve) => wake.push(resolve));
  const signal = () => {
    const all = wake;
    wake = [];
    for (const resolve of all) resolve();
  };
  return {
    push(item) {
      waiting.push(item);
      signal();
    },
    async take(most) {
      while (waiting.length === 0 && !closed) await changed();
      const items = waiting.splice(0, most);
      signal();
      return items;
    },
    async room(items) {
      while (waiting.length >= items && !closed) await changed();
    },
    close() {
      closed = true;
      signal();
    },
  };
}
