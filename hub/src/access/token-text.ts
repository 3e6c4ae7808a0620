import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const idBytes = 8;
const secretBytes = 32;
const shape = /^coroner_([0-9a-f]{16})_([\w-]{43})$/;

/** `coroner_<id>_<secret>`: the prefix lets scanners for leaked secrets know it. */
export function newTokenText(): { id: string; text: string; secretHash: string } {
  const id = randomBytes(idBytes).toString('hex');
  const secret = randomBytes(secretBytes).toString('base64url');
  return { id, text: `coroner_${id}_${secret}`, secretHash: hashOf(secret) };
}

/** The parts of a token's text; null when it is none. */
export function readTokenText(text: string): { id: string; secretHash: string } | null {
  const [, id, secret] = shape.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id, secretHash: hashOf(secret) };
}

/** SHA-256 in hex. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** In constant time. */
export const sameHash = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
