import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type NatsFiles,
  natsAddress,
  withoutCredentials,
} from '@coroner/schema/configuration/nats-address';
import { Alert } from '@coroner/schema/wire/alert';
import { alertStream, alertSubject, botInbox } from '@coroner/schema/wire/subjects';
import {
  type ConsumerMessages,
  connect,
  credsAuthenticator,
  type JsMsg,
  type NatsConnection,
} from 'nats';
import type { Logger } from 'pino';
import type { Carrier } from './incident-board.ts';

const firstBackoffMs = 250;
const longestBackoffMs = 10_000;
/** Unacknowledged messages that this bot holds; another bot gets the rest. */
const heldMessages = 256;
const nsPerMs = 1e6;
const defaultAckWaitNs = 30_000 * nsPerMs;

/** Where the stream is; the files may be replaced while we run. */
export interface AlertServer {
  url: string;
  files: NatsFiles;
}

export type OnAlert = (alert: Alert, carrier: Carrier) => void;

/** What is known once the consumer runs. */
export interface AlertSource {
  /** After this long without a word, in ms, the stream delivers a message again. */
  ackWaitMs: number;
  /** The newest state of an incident that the stream holds; null when it cannot tell. */
  newest(incidentId: string): Promise<Alert | null>;
}

/**
 * Hands every alert of the stream to `onAlert`, until `signal` aborts. Waits for NATS, for the stream
 * and for the consumer, which the hub makes; rejects only on a wrong URL.
 */
export async function consumeAlerts(
  { url, files }: AlertServer,
  onAlert: OnAlert,
  log: Logger,
  signal: AbortSignal,
  onReady: (source: AlertSource) => void,
): Promise<void> {
  const { credentials } = files;
  const address = {
    ...natsAddress(url, files),
    ...(credentials
      ? { authenticator: (nonce?: string) => credsAuthenticator(readFileSync(credentials))(nonce) }
      : {}),
  };
  for (let failures = 0; !signal.aborted; failures++) {
    let connection: NatsConnection | null = null;
    try {
      connection = await connect({
        ...address,
        name: 'coroner-bot',
        inboxPrefix: botInbox,
        maxReconnectAttempts: -1,
      });
      await consume(connection, onAlert, log, signal, (source) => {
        failures = 0;
        onReady(source);
      });
    } catch (error) {
      const waitMs = Math.min(firstBackoffMs * 2 ** failures, longestBackoffMs);
      const server = withoutCredentials(url);
      log.warn({ server, waitMs, error: String(error) }, 'no alerts from NATS: trying again');
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    } finally {
      await connection?.close();
    }
  }
}

async function consume(
  connection: NatsConnection,
  onAlert: OnAlert,
  log: Logger,
  signal: AbortSignal,
  onReady: (source: AlertSource) => void,
): Promise<void> {
  const consumer = await connection
    .jetstream()
    .consumers.get(alertStream.name, alertStream.consumer);
  const { config } = await consumer.info(true);
  const messages: ConsumerMessages = await consumer.consume({
    max_messages: heldMessages,
    abort_on_missing_resource: true,
  });
  const stop = () => messages.stop();
  signal.addEventListener('abort', stop, { once: true });
  onReady({
    ackWaitMs: (config.ack_wait ?? defaultAckWaitNs) / nsPerMs,
    newest: (incidentId) => newestState(connection, incidentId, log),
  });
  try {
    for await (const message of messages) take(message, onAlert, log);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function newestState(
  connection: NatsConnection,
  incidentId: string,
  log: Logger,
): Promise<Alert | null> {
  try {
    const manager = await connection.jetstreamManager({ checkAPI: false });
    const last = { last_by_subj: alertSubject(incidentId) };
    return Alert.parse((await manager.streams.getMessage(alertStream.name, last)).json());
  } catch (error) {
    log.debug({ incidentId, error: String(error) }, 'the newest state was not read');
    return null;
  }
}

function take(message: JsMsg, onAlert: OnAlert, log: Logger): void {
  let alert: Alert;
  try {
    alert = Alert.parse(message.json());
  } catch (error) {
    log.error(
      { seq: message.seq, subject: message.subject, error: String(error) },
      'not an alert: passed over',
    );
    message.term('not an alert');
    return;
  }
  const tell = (what: 'ack' | 'working') => {
    try {
      message[what]();
    } catch (error) {
      // The connection is gone: the stream delivers again, and the card is found to be up to date.
      log.debug({ seq: message.seq, what, error: String(error) }, 'NATS was not told');
    }
  };
  onAlert(alert, {
    ack: () => tell('ack'),
    working: () => tell('working'),
    redelivered: message.redelivered,
  });
}
