import { createHmac } from 'node:crypto';
import type { Envelope } from './socket-mode.ts';

const msPerSecond = 1000;

export interface Signing {
  secret: string;
  /** Seconds since the epoch; another than now makes a stale request. */
  timestamp?: number;
}

/** `v0=` and the HMAC that Slack sends along: SHA-256 of `v0:timestamp:body`. */
function signature(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** One signed request as Slack sends it: events as JSON, commands and clicks as forms. */
export async function deliver(
  url: string,
  envelope: Envelope,
  retry: number,
  signing: Signing,
  timeoutMs: number,
): Promise<{ status: number; body: string }> {
  const body = bodyOf(envelope);
  const timestamp = signing.timestamp ?? Math.floor(Date.now() / msPerSecond);
  const response = await fetch(url, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      'content-type':
        envelope.type === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signature(signing.secret, timestamp, body),
      ...(retry > 0
        ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }
        : {}),
    },
  });
  return { status: response.status, body: await response.text() };
}

function bodyOf({ type, payload }: Envelope): string {
  if (type === 'events_api') return JSON.stringify(payload);
  if (type === 'interactive')
    return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return new URLSearchParams(payload as Record<string, string>).toString();
}
