import type { Writable } from 'node:stream';

const flushSizeChars = 64 * 1024;
const flushAfterMs = 100;

export interface JsonLines {
  /** Writes one line; resolves when the stream takes more. */
  write(value: object): Promise<void>;
  /** Flushes what is buffered. */
  end(): Promise<void>;
  /** The reader at the other end is gone (`| head`); writing more is pointless. */
  readonly closed: boolean;
}

/**
 * JSON lines onto `stream`, in large writes, but none later than 100 ms (a log that is followed).
 * A closed pipe ends the writing, without an error.
 */
export function jsonLines(stream: Writable): JsonLines {
  let buffered = '';
  let closed = false;
  let timer: NodeJS.Timeout | null = null;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    closed = true;
  });
  const flush = (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    const text = buffered;
    buffered = '';
    if (closed || text === '') return Promise.resolve();
    return new Promise((resolve) => stream.write(text, () => resolve()));
  };
  return {
    async write(value) {
      buffered += `${JSON.stringify(value)}\n`;
      if (buffered.length >= flushSizeChars) await flush();
      else timer ??= setTimeout(() => void flush(), flushAfterMs);
    },
    end: flush,
    get closed() {
      return closed;
    },
  };
}
