import { agentInbox, botPermissions, eventStream } from '@coroner/schema/wire/subjects';
import { encodeAccount, encodeOperator, newScopedSigner, type User } from '@nats-io/jwt';
import type { KeyStore } from './key-store.ts';

const unlimited = -1;
const limits = {
  subs: unlimited,
  data: unlimited,
  payload: unlimited,
  conn: unlimited,
  leaf: 0,
  imports: unlimited,
  exports: unlimited,
  wildcards: true,
} as const;
const jetStream = {
  mem_storage: unlimited,
  disk_storage: unlimited,
  streams: unlimited,
  consumer: unlimited,
} as const;

/**
 * All that an agent may do, filled in by nats-server (2.9 or newer) with the name in the user's JWT,
 * which is the token of its host: whoever has the signing key can make agents and nothing else.
 */
const ofAgents = {
  pub: { allow: ['coroner.events.{{name()}}', 'coroner.heartbeat.{{name()}}'] },
  sub: { allow: [`${agentInbox('')}{{name()}}.>`] },
  subs: unlimited,
  data: unlimited,
  payload: unlimited,
};

/** Permissions of the parts that are signed by the account itself. */
export const permissions: Record<'hub' | 'bot', Partial<User>> = {
  hub: {
    pub: { allow: ['$JS.API.>', `$JS.ACK.${eventStream.name}.>`, 'coroner.alerts.>'] },
    sub: { allow: ['_INBOX.>'] },
  },
  bot: {
    pub: { allow: [...botPermissions.publish] },
    sub: { allow: [...botPermissions.subscribe] },
  },
};

export const operatorJwt = (store: KeyStore): Promise<string> =>
  encodeOperator('coroner', store.key('operator'), {
    system_account: store.key('system').getPublicKey(),
  });

export const systemAccountJwt = (store: KeyStore): Promise<string> =>
  encodeAccount('SYS', store.key('system'), { limits }, { signer: store.key('operator') });

/** The account of Coroner as it is now: with every revoked user in it. */
export function accountJwt(store: KeyStore): Promise<string> {
  const revoked = store.issued().filter(({ revokedAt }) => revokedAt !== null);
  return encodeAccount(
    'CORONER',
    store.key('account'),
    {
      limits: { ...limits, ...jetStream },
      signing_keys: [newScopedSigner(store.key('agents'), 'agent', ofAgents)],
      // Seconds: what was issued until then counts no longer; a key is never issued for twice.
      revocations: Object.fromEntries(revoked.map(({ key }) => [key, secondsNow()])),
    },
    { signer: store.key('operator') },
  );
}

const secondsNow = (): number => Math.floor(Date.now() / 1000);
