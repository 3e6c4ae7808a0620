import type { Scope } from '@coroner/schema/http/tokens';
import { findToken, noteUse } from '../store/access/tokens.ts';
import type { Pool } from '../store/database.ts';
import { hashOf, readTokenText, sameHash } from './token-text.ts';

/** Who asks. */
export interface Caller {
  /** Of the token; null for the one of the environment, which is admin and never expires. */
  id: string | null;
  name: string;
  scope: Scope;
}

type Authentication = { caller: Caller } | { refused: string };

/** Tells who has this token, or why it opens nothing. Rejects when the database fails. */
export type Authenticate = (token: string) => Promise<Authentication>;

const unknown = { refused: 'this token is not known' };

/** Accepts the token of the environment, compared in constant time, and those that are stored. */
export function authenticator(pool: Pool, environmentToken: string): Authenticate {
  const expected = hashOf(environmentToken);
  return async (given) => {
    if (sameHash(hashOf(given), expected))
      return { caller: { id: null, name: 'environment', scope: 'admin' } };
    const read = readTokenText(given);
    const token = read && (await findToken(pool, read.id));
    if (!token || !sameHash(read.secretHash, token.secretHash)) return unknown;
    const { id, name, scope } = token;
    if (token.state === 'revoked')
      return { refused: `the token ${id} was revoked at ${token.revokedAt}` };
    if (token.state === 'expired')
      return { refused: `the token ${id} expired at ${token.expiresAt}` };
    await noteUse(pool, id);
    return { caller: { id, name, scope } };
  };
}

/** Whether a caller that was let in may stay. */
export async function stillValid(pool: Pool, caller: Caller | null): Promise<boolean> {
  if (!caller) return false;
  return caller.id === null || (await findToken(pool, caller.id))?.state === 'valid';
}
