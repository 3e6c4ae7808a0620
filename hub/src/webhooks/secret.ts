import { createHmac, hkdfSync } from 'node:crypto';
import { hashOf, sameHash } from '../access/token-text.ts';

const secretBytes = 32;
const prefix = 'whsec_';

/**
 * A secret of a webhook: derived (HKDF, RFC 5869) from the hub's key, its id and the number of the
 * secret, so that every hub can sign with it and the database holds nothing that signs.
 */
export function secretOf(key: string, webhookId: string, number: number): string {
  const info = `coroner webhook ${webhookId}${number === 1 ? '' : ` ${number}`}`;
  const bytes = hkdfSync('sha256', key, '', info, secretBytes);
  return `${prefix}${Buffer.from(bytes).toString('base64')}`;
}

/** By which a hub knows whether its key is the one that a secret was made with. */
export const fingerprintOf = (secret: string): string => hashOf(secret);

/** A secret as the database knows it. */
export interface SecretMark {
  number: number;
  hash: string;
}

/** The secret that is meant; null where it was made with another key. */
export function secretBehind(
  key: string,
  webhookId: string,
  { number, hash }: SecretMark,
): string | null {
  const secret = secretOf(key, webhookId, number);
  return sameHash(fingerprintOf(secret), hash) ? secret : null;
}

/**
 * The headers of one attempt: https://www.standardwebhooks.com, "Signature scheme", symmetric
 * (`v1`): HMAC-SHA256 of `id.timestamp.body` in base64, the timestamp in whole seconds; one for each
 * secret, with a space between, of which a receiver needs to know one ("Secret rotation").
 */
export function signedHeaders(
  secrets: readonly string[],
  id: string,
  body: string,
  nowMs: number,
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`);
    return `v1,${mac.digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
