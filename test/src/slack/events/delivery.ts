import { setTimeout as sleep } from 'node:timers/promises';
import { deliver, type Signing } from './http-delivery.ts';
import type { Envelope, Sockets } from './socket-mode.ts';

export interface Delivered {
  /** HTTP status, 200 for a socket's acknowledgement, 0 for none. */
  status: number;
  /** The body of the response, or the payload of the acknowledgement. */
  body: unknown;
  attempts: number;
}

export interface Delivery {
  /** Events are repeated after `retryDelaysMs` until somebody acknowledges; others are sent once. */
  send(envelope: Envelope): Promise<Delivered>;
  /** From now on by HTTP to this URL; null: by socket. */
  sendTo(url: string | null): void;
  stop(): void;
}

export function delivery(
  sockets: Sockets,
  signingSecret: string,
  retryDelaysMs: readonly number[],
  timeoutMs: number,
): Delivery {
  const stopping = new AbortController();
  const signing: Signing = { secret: signingSecret };
  let httpUrl: string | null = null;

  async function once(envelope: Envelope, retry: number): Promise<Omit<Delivered, 'attempts'>> {
    if (httpUrl) return deliver(httpUrl, envelope, retry, signing, timeoutMs);
    // Slack's own retries would find a bot that connects a little later: wait for it.
    await sockets.connected();
    return { status: 200, body: await sockets.send(envelope, retry, timeoutMs) };
  }

  return {
    sendTo(url) {
      httpUrl = url;
    },
    async send(envelope) {
      const delays = envelope.type === 'events_api' ? retryDelaysMs : [];
      let last: Omit<Delivered, 'attempts'> = { status: 0, body: null };
      for (let attempt = 0; attempt <= delays.length && !stopping.signal.aborted; attempt++) {
        if (attempt > 0) await sleep(delays[attempt - 1] ?? 0);
        try {
          last = await once(envelope, attempt);
          if (last.status === 200) return { ...last, attempts: attempt + 1 };
        } catch (error) {
          last = { status: 0, body: String(error) };
        }
      }
      return { ...last, attempts: delays.length + 1 };
    },
    stop() {
      stopping.abort();
    },
  };
}
