import { join } from 'node:path';
import { type NatsFiles, natsAddress } from '@coroner/schema/configuration/nats-address';
import { connect, credsAuthenticator } from 'nats';
import { replaceFile } from '../start/state/write-file.ts';
import { accountJwt, operatorJwt, systemAccountJwt } from './claims.ts';
import { administratorCredentials } from './issue.ts';
import type { KeyStore } from './key-store.ts';

const answerWithinMs = 5000;

/**
 * Writes what nats-server needs to know the account, to be included by its configuration; its path.
 * `dir`: where each server keeps the accounts as they were sent to it last.
 */
export async function writeServerConfiguration(store: KeyStore, dir: string): Promise<string> {
  const path = join(store.folder, 'accounts.conf');
  const { system, account } = {
    system: store.key('system').getPublicKey(),
    account: store.key('account').getPublicKey(),
  };
  const text = `# Accounts of Coroner: include it in nats-server.conf of every server. It holds no secret.
operator: ${await operatorJwt(store)}
system_account: ${system}
# What "coroner revoke" sends is kept there, and counts over what stands below.
resolver: { type: full, dir: "${dir}", allow_delete: false, interval: "2m" }
resolver_preload: {
  ${system}: ${await systemAccountJwt(store)}
  ${account}: ${await accountJwt(store)}
}
`;
  replaceFile(path, text);
  return path;
}

/** Sends the account as it is now to the running servers; they end the connections of revoked users at once. */
export async function pushAccount(store: KeyStore, url: string, files: NatsFiles): Promise<void> {
  const connection = await connect({
    ...natsAddress(url, files),
    authenticator: credsAuthenticator(await administratorCredentials(store)),
    name: 'coroner enroll',
    timeout: answerWithinMs,
    reconnect: false,
  });
  try {
    const jwt = new TextEncoder().encode(await accountJwt(store));
    const options = { timeout: answerWithinMs };
    const answer = await connection.request('$SYS.REQ.CLAIMS.UPDATE', jwt, options);
    const { error } = answer.json<{ error?: { description?: string } }>();
    if (error) throw new Error(`nats-server refuses the account: ${error.description}`);
  } finally {
    await connection.close();
  }
}
