import { hostToken } from '@coroner/schema/wire/subjects';
import { encodeUser, fmtCreds } from '@nats-io/jwt';
import { createUser } from '@nats-io/nkeys';
import { permissions } from './claims.ts';
import type { Issued, KeyStore } from './key-store.ts';

/** New credentials of a host's agent, as the text of a .creds file; earlier ones go on until they are revoked. */
export async function issueAgent(store: KeyStore, host: string): Promise<string> {
  const user = createUser();
  const jwt = await encodeUser(
    hostToken(host),
    user,
    store.key('account'),
    {},
    { signer: store.key('agents'), scopedUser: true },
  );
  note(store, { name: host, kind: 'agent', key: user.getPublicKey() });
  return new TextDecoder().decode(fmtCreds(jwt, user));
}

export async function issuePart(store: KeyStore, kind: 'hub' | 'bot'): Promise<string> {
  const user = createUser();
  const jwt = await encodeUser(kind, user, store.key('account'), permissions[kind]);
  note(store, { name: kind, kind, key: user.getPublicKey() });
  return new TextDecoder().decode(fmtCreds(jwt, user));
}

/** Credentials for the system account, to send changes to a running server. */
export async function administratorCredentials(store: KeyStore): Promise<Uint8Array> {
  const user = store.key('administrator');
  return fmtCreds(await encodeUser('administrator', user, store.key('system')), user);
}

/** Marks the credentials of a name as revoked, all or all but the newest; how many. */
export function revoke(store: KeyStore, name: string, keepNewest: boolean): number {
  const all = store.issued();
  const valid = all.filter((one) => one.name === name && one.revokedAt === null);
  const ended = new Set((keepNewest ? valid.slice(0, -1) : valid).map(({ key }) => key));
  const revokedAt = new Date().toISOString();
  store.record(all.map((one) => (ended.has(one.key) ? { ...one, revokedAt } : one)));
  return ended.size;
}

function note(store: KeyStore, issued: Pick<Issued, 'name' | 'kind' | 'key'>): void {
  const issuedAt = new Date().toISOString();
  store.record([...store.issued(), { ...issued, issuedAt, revokedAt: null }]);
}
