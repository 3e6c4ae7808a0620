import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type NatsFiles, natsAddress } from '@coroner/schema/configuration/nats-address';
import { type ConnectionOptions, connect, credsAuthenticator, type NatsConnection } from 'nats';

const reconnectWaitMs = 500;
const pingIntervalMs = 10_000;
const unansweredPings = 2;

/** Server address and credentials; a file of credentials is read anew for each connection. */
export function connectionOptions(natsUrl: string, files: NatsFiles = {}): ConnectionOptions {
  const { credentials } = files;
  return {
    ...natsAddress(natsUrl, files),
    ...(credentials
      ? { authenticator: (nonce) => credsAuthenticator(readFileSync(credentials))(nonce) }
      : {}),
  };
}

/** Connects, waiting for the server for as long as it takes, and reconnects for ever. */
export function connectForEver(
  natsUrl: string,
  name: string,
  files: NatsFiles = {},
): Promise<NatsConnection> {
  return connect({
    ...connectionOptions(natsUrl, files),
    name,
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: reconnectWaitMs,
    pingInterval: pingIntervalMs,
    maxPingOut: unansweredPings,
  });
}

const answerWithinMs = 2_000;

/** Why NATS cannot be used now; empty when it answers. */
export async function natsTroubles(connection: NatsConnection | undefined): Promise<string[]> {
  if (!connection) return ['NATS: not connected yet'];
  const answers = await Promise.race([connection.rtt().then(() => true), tooLate()]).catch(
    () => false,
  );
  return answers ? [] : ['NATS: no answer'];
}

const tooLate = (): Promise<boolean> => sleep(answerWithinMs, false, { ref: false });

const drainWithinMs = 2_000;

/** Sends what is still to be sent, if the server is there, and closes. */
export async function closeConnection(connection: NatsConnection): Promise<void> {
  const late = sleep(drainWithinMs, undefined, { ref: false });
  await Promise.race([connection.drain(), late]).catch(() => {
    // Not connected: there is nobody to drain to.
  });
  await connection.close();
}
