import { alertStream, eventStream } from '@coroner/schema/wire/subjects';
import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  type JetStreamManager,
  type NatsConnection,
  type NatsError,
  nanos,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from 'nats';
import type { Logger } from 'pino';
import { backOff } from './backoff.ts';

/** A hub that died gives its messages to another after this time. */
const ackWaitMs = 10_000;
const duplicateWindowMs = 120_000;
const alertsMaxAgeMs = 7 * 24 * 3_600_000;
/** Messages that all hubs together may hold unacknowledged: 768 KiB each at most. */
const maxAckPending = 256;

const streams: Partial<StreamConfig>[] = [
  {
    name: eventStream.name,
    subjects: [...eventStream.subjects],
    retention: RetentionPolicy.Workqueue,
    discard: DiscardPolicy.New,
    storage: StorageType.File,
    duplicate_window: nanos(duplicateWindowMs),
  },
  {
    name: alertStream.name,
    subjects: [...alertStream.subjects],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    max_age: nanos(alertsMaxAgeMs),
    max_msgs_per_subject: 1,
    duplicate_window: nanos(duplicateWindowMs),
  },
];

const consumers: { stream: string; config: Partial<ConsumerConfig> & { durable_name: string } }[] =
  [
    {
      stream: eventStream.name,
      config: {
        durable_name: eventStream.consumer,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.All,
        ack_wait: nanos(ackWaitMs),
        max_ack_pending: maxAckPending,
      },
    },
    {
      stream: alertStream.name,
      config: {
        durable_name: alertStream.consumer,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.All,
        ack_wait: nanos(ackWaitMs),
      },
    },
  ];

/** Creates the streams and their durable consumers, or brings them up to date; tries until `signal` aborts. */
export async function ensureStreams(
  connection: NatsConnection,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      return await ensureOnce(await connection.jetstreamManager());
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'JetStream does not answer, trying again');
      await backOff(attempt, signal);
    }
  }
}

async function ensureOnce(manager: JetStreamManager): Promise<void> {
  for (const config of streams)
    await manager.streams.add(config).catch((error: NatsError) => {
      if (!isThereAlready(error)) throw error;
      return manager.streams.update(config.name as string, config);
    });
  for (const { stream, config } of consumers)
    await manager.consumers.add(stream, config).catch((error: NatsError) => {
      if (!isThereAlready(error)) throw error;
      return manager.consumers.update(stream, config.durable_name, config);
    });
}

/** JetStream error codes: stream name in use with another configuration, consumer already exists. */
const thereAlready: ReadonlySet<number> = new Set([10058, 10148, 10105, 10013, 10012]);

const isThereAlready = (error: NatsError): boolean =>
  thereAlready.has(error.api_error?.err_code ?? 0);
