import type { ApiToken, NewToken } from '@coroner/schema/http/tokens';
import type { Queryable } from '../database.ts';

const columns = `id, name, scope, created_at as "createdAt", created_by as "createdBy",
  expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt",
  case when revoked_at is not null then 'revoked'
       when expires_at <= now() then 'expired' else 'valid' end as state`;
const mostListed = 1_000;

/** What is stored of a new token. */
interface TokenToStore extends NewToken {
  id: string;
  secretHash: string;
  createdBy: string;
}

export async function addToken(on: Queryable, token: TokenToStore): Promise<ApiToken> {
  const { rows } = await on.query<ApiToken>({
    name: 'add-token',
    text: `
      insert into api_tokens (id, secret_hash, name, scope, created_by, expires_at)
      values ($1, $2, $3, $4, $5, $6::timestamptz)
      returning ${columns}`,
    values: [
      ...[token.id, token.secretHash, token.name, token.scope, token.createdBy],
      token.expiresAt,
    ],
  });
  return rows[0] as ApiToken;
}

/** A token with the hash of its secret, whatever its state; null when there is none of this id. */
export async function findToken(
  on: Queryable,
  id: string,
): Promise<(ApiToken & { secretHash: string }) | null> {
  const { rows } = await on.query<ApiToken & { secretHash: string }>({
    name: 'find-token',
    text: `select ${columns}, secret_hash as "secretHash" from api_tokens where id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** Notes that it was used, at most once a minute: a question must not cost a write. */
export async function noteUse(on: Queryable, id: string): Promise<void> {
  await on.query({
    name: 'note-token-use',
    text: `
      update api_tokens set last_used_at = now()
      where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    values: [id],
  });
}

/** The newest first; the first 1000. */
export async function listTokens(on: Queryable): Promise<ApiToken[]> {
  const { rows } = await on.query<ApiToken>({
    name: 'list-tokens',
    text: `select ${columns} from api_tokens order by created_at desc, id limit ${mostListed}`,
  });
  return rows;
}

/** From now on it opens nothing; null when there is none. */
export async function revokeToken(on: Queryable, id: string): Promise<ApiToken | null> {
  const { rows } = await on.query<ApiToken>({
    name: 'revoke-token',
    text: `
      update api_tokens set revoked_at = coalesce(revoked_at, now()) where id = $1
      returning ${columns}`,
    values: [id],
  });
  return rows[0] ?? null;
}
