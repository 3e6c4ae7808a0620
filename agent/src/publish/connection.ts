import { readFileSync } from 'node:fs';
import { type NatsFiles, natsAddress } from '@coroner/schema/configuration/nats-address';
import { agentInbox } from '@coroner/schema/wire/subjects';
import { type Authenticator, connect, credsAuthenticator, Events, type NatsConnection } from 'nats';
import type { Log } from '../log.ts';
import { backoff } from './backoff.ts';

const connectTimeoutMs = 5000;
const pingIntervalMs = 10_000;
const missedPings = 2;

export interface Connection {
  /** The connection, when it stands. */
  readonly current: NatsConnection | null;
  /** Connects anew, to another address or with other files. Throws on a wrong URL. */
  reopen(url: string, files: NatsFiles): void;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly files: NatsFiles;
  readonly host: string;
  readonly log: Log;
  /** The connection stands, at first or again. */
  onUp(connection: NatsConnection): void;
}

/** Connects to NATS and stays connected: tries for ever, ever more slowly, at most every few seconds. */
export function natsConnection(options: ConnectionOptions): Connection {
  const { host, log, onUp } = options;
  let { files } = options;
  let address = natsAddress(options.url, files);
  const wait = backoff();
  let current: NatsConnection | null = null;
  /** Also while it looks for the server again. */
  let opened: NatsConnection | null = null;
  let closed = false;
  let retry: NodeJS.Timeout | null = null;
  void open();

  return {
    get current() {
      return current;
    },
    reopen(url, newFiles) {
      address = natsAddress(url, newFiles);
      files = newFiles;
      void opened?.close();
    },
    async close() {
      closed = true;
      if (retry) clearTimeout(retry);
      await opened?.close();
    },
  };

  async function open(): Promise<void> {
    retry = null;
    const wanted = address;
    try {
      const connection = await connect({
        ...address,
        ...(files.credentials ? { authenticator: fromFile(files.credentials) } : {}),
        name: `coroner-agent ${host}`,
        inboxPrefix: agentInbox(host),
        timeout: connectTimeoutMs,
        pingInterval: pingIntervalMs,
        maxPingOut: missedPings,
        maxReconnectAttempts: -1,
        reconnectDelayHandler: () => wait.next(),
        // The account may be repaired while we run.
        ignoreAuthErrorAbort: true,
      });
      if (closed) return void connection.close();
      opened = connection;
      if (wanted !== address) void connection.close();
      up(connection);
      void follow(connection);
      const reason = await connection.closed();
      current = null;
      opened = null;
      if (!closed) again(reason ?? new Error('the connection was closed'));
    } catch (error) {
      again(error as Error);
    }
  }

  function again(error: Error): void {
    const delayMs = wait.next();
    log.warn(
      { servers: address.servers, reason: error.message, retryMs: Math.round(delayMs) },
      'NATS is not there; events wait in the spool',
    );
    if (!closed) retry = setTimeout(open, delayMs);
  }

  function up(connection: NatsConnection): void {
    wait.reset();
    current = connection;
    log.info({ server: connection.getServer() }, 'connected to NATS');
    onUp(connection);
  }

  async function follow(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === Events.Disconnect) {
        current = null;
        log.warn({ server: status.data }, 'NATS went away; events wait in the spool');
      } else if (status.type === Events.Reconnect) up(connection);
      else if (status.type === Events.Error)
        log.warn(
          { reason: String(status.data), refused: status.permissionContext },
          'NATS reports an error',
        );
    }
  }
}

/** Read anew for each connection: a file that was replaced counts from the next one on. */
const fromFile =
  (path: string): Authenticator =>
  (nonce) =>
    credsAuthenticator(readFileSync(path))(nonce);
