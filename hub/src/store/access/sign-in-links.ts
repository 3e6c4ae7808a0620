import type { NewSignInLink } from '@coroner/schema/http/sign-in-links';
import type { Scope } from '@coroner/schema/http/tokens';
import { inTransaction, type Pool, type Queryable } from '../database.ts';
import { addToken } from './tokens.ts';

const validMinutes = 15;

/** Stores a link; returns when it ends. */
export async function addSignInLink(
  on: Queryable,
  { codeHash, name, path, createdBy }: NewSignInLink & { codeHash: string; createdBy: string },
): Promise<string> {
  const { rows } = await on.query<{ expiresAt: string }>({
    name: 'add-sign-in-link',
    text: `
      insert into sign_in_links (code_hash, name, path, created_by, expires_at)
      values ($1, $2, $3, $4, now() + make_interval(mins => ${validMinutes}))
      returning expires_at as "expiresAt"`,
    values: [codeHash, name, path, createdBy],
  });
  return rows[0]?.expiresAt ?? '';
}

/** The token that a link is exchanged for. */
interface Session {
  id: string;
  secretHash: string;
  scope: Scope;
  expiresAt: string;
}

/** Uses the link up and stores the token; null when it was used, is too old, or never was. One of several wins. */
export function exchangeSignInLink(
  pool: Pool,
  codeHash: string,
  session: Session,
): Promise<{ path: string } | null> {
  return inTransaction(pool, async (transaction) => {
    const { rows } = await transaction.query<{ name: string; path: string; createdBy: string }>({
      name: 'use-sign-in-link',
      text: `
        update sign_in_links set used_at = now()
        where code_hash = $1 and used_at is null and expires_at > now()
        returning name, path, created_by as "createdBy"`,
      values: [codeHash],
    });
    const [link] = rows;
    if (!link) return null;
    await addToken(transaction, { ...session, name: link.name, createdBy: link.createdBy });
    return { path: link.path };
  });
}
