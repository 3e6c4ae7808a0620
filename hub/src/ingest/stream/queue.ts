/** Never more items, and no further one when these bytes are reached. */
export interface Limits {
  items: number;
  bytes: number;
}

/** Messages between the puller and one worker. Closing wakes both sides. */
export interface Queue<Item> {
  push(item: Item): void;
  /** At least one item, or none when the queue was closed and is empty. */
  take(limits: Limits): Promise<Item[]>;
  /** Resolves when less than this waits, or the queue is closed. */
  room(limits: Limits): Promise<void>;
  close(): void;
}

export function createQueue<Item extends { data: Uint8Array }>(): Queue<Item> {
  const waiting: Item[] = [];
  let waitingBytes = 0;
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
      waitingBytes += item.data.length;
      signal();
    },
    async take(limits) {
      while (waiting.length === 0 && !closed) await changed();
      const items: Item[] = [];
      for (let bytes = 0; items.length < limits.items && bytes < limits.bytes; ) {
        const item = waiting[items.length];
        if (!item) break;
        items.push(item);
        bytes += item.data.length;
        waitingBytes -= item.data.length;
      }
      waiting.splice(0, items.length);
      signal();
      return items;
    },
    async room({ items, bytes }) {
      const isFull = () => waiting.length >= items || waitingBytes >= bytes;
      while (isFull() && !closed) await changed();
    },
    close() {
      closed = true;
      signal();
    },
  };
}
