/** What is taken at once: never more items, and no further one when these bytes are reached. */
interface TakeLimits {
  items: number;
  bytes: number;
}

/** Messages between the puller and one worker. Closing wakes both sides. */
export interface Queue<Item> {
  push(item: Item): void;
  /** At least one item, or none when the queue was closed and is empty. */
  take(limits: TakeLimits): Promise<Item[]>;
  /** Resolves when fewer than `items` wait, or the queue is closed. */
  room(items: number): Promise<void>;
  close(): void;
}

export function createQueue<Item extends { data: Uint8Array }>(): Queue<Item> {
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
    async take(limits) {
      while (waiting.length === 0 && !closed) await changed();
      let count = 0;
      for (
        let bytes = 0;
        count < waiting.length && count < limits.items && bytes < limits.bytes;
        count += 1
      )
        bytes += waiting[count]?.data.length ?? 0;
      const items = waiting.splice(0, count);
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
