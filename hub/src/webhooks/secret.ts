import { createHmac, hkdfSync } from 'node:crypto';
import { hashOf } from '../access/token-text.ts';

const secretBytes = 32;
const prefix = 'whsec_';

/**
 * The secret of a webhook: derived (HKDF, RFC 5869) from the hub's key and its id, so that every hub
 * can sign with it and the database holds nothing that signs.
 */
export function secretOf(key: string, webhookId: string): string {
  const bytes = hkdfSync('sha256', key, '', `coroner webhook ${webhookId}`, secretBytes);
  return `${prefix}${Buffer.from(bytes).toString('base64')}`;
}

/** By which a hub knows whether its key is the one that a webhook was made with. */
export const fingerprintOf = (secret: string): string => hashOf(secret);

/**
 * The headers of one attempt: https://www.standardwebhooks.com, "Signature scheme", symmetric
 * (`v1`): HMAC-SHA256 of `id.timestamp.body` in base64, the timestamp in whole seconds.
 */
export function signedHeaders(
  secret: string,
  id: string,
  body: string,
  nowMs: number,
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`);
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature.digest('base64')}`,
  };
}
