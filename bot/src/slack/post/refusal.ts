import { webApi } from '@slack/bolt';

/** What a failed call of the Web API means for the next attempt. */
export type Refusal =
  | { kind: 'rate-limited'; waitMs: number }
  /** Slack or the network stumbles: again later. `ambiguous`: Slack may have accepted the call. */
  | { kind: 'transient'; ambiguous: boolean }
  /** These blocks will never be accepted: plain text may be. */
  | { kind: 'blocks' }
  /** No repetition helps before a person acts: the bot is not in the channel, the token is revoked. */
  | { kind: 'permanent'; code: string };

const defaultWaitMs = 1000;
const transientCodes = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'update_failed',
]);
const blockCodes = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'block_mismatch',
  'invalid_attachments',
]);
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Reads an error that a WebClient threw; null when it is none of Slack's. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { kind: 'rate-limited', waitMs: error.retryAfter * 1000 };
  }
  if (error instanceof webApi.WebAPIHTTPError) return httpRefusal(error.statusCode);
  if (error instanceof webApi.WebAPIRequestError) {
    return { kind: 'transient', ambiguous: !neverSent.has(systemCode(error.original)) };
  }
  if (error instanceof webApi.WebAPIPlatformError) return platformRefusal(error.data.error);
  // The SDK's plain Error for a 429 without a usable Retry-After.
  if (error instanceof Error && error.message.startsWith('Retry header')) {
    return { kind: 'rate-limited', waitMs: defaultWaitMs };
  }
  return null;
}

/** A server that does not know the method says 404; a proxy that is overloaded 408, 429 or 5xx. */
function httpRefusal(status: number): Refusal {
  const again = status >= 500 || status === 408 || status === 429 || status < 400;
  return again
    ? { kind: 'transient', ambiguous: true }
    : { kind: 'permanent', code: `http_${status}` };
}

function platformRefusal(code: unknown): Refusal {
  if (typeof code !== 'string') return { kind: 'permanent', code: String(code) };
  if (code === 'ratelimited' || code === 'rate_limited') {
    return { kind: 'rate-limited', waitMs: defaultWaitMs };
  }
  if (blockCodes.has(code)) return { kind: 'blocks' };
  // A proxy's error page arrives as the "error" of a reply that was no JSON.
  if (transientCodes.has(code) || /[\s<]/.test(code) || code === '') {
    return { kind: 'transient', ambiguous: true };
  }
  return { kind: 'permanent', code };
}

function systemCode(error: Error): string {
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  return cause?.code ?? (error as NodeJS.ErrnoException).code ?? '';
}
