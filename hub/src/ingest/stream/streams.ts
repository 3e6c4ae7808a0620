import { isDeepStrictEqual } from 'node:util';
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

type StreamSettings = Partial<StreamConfig> & { name: string };
type ConsumerSettings = Partial<ConsumerConfig> & { durable_name: string };

const streams: StreamSettings[] = [
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

const consumers: { stream: string; config: ConsumerSettings }[] = [
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

/**
 * Creates the streams and their durable consumers, or brings them up to date; tries until `signal`
 * aborts. `replicas`: servers of a cluster that keep a copy each; null leaves that as it is.
 */
export async function ensureStreams(
  connection: NatsConnection,
  log: Logger,
  signal: AbortSignal,
  replicas: number | null = null,
): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      return await ensureOnce(await connection.jetstreamManager(), replicas);
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'JetStream does not answer, trying again');
      await backOff(attempt, signal);
    }
  }
}

async function ensureOnce(manager: JetStreamManager, replicas: number | null): Promise<void> {
  const copies = replicas === null ? {} : { num_replicas: replicas };
  for (const config of streams) await ensureStream(manager, { ...config, ...copies });
  for (const { stream, config } of consumers) await ensureConsumer(manager, stream, config);
}

async function ensureStream(manager: JetStreamManager, config: StreamSettings): Promise<void> {
  const now = await manager.streams.info(config.name).catch(missing);
  if (!now) await manager.streams.add(config);
  else if (!holds(now.config, config)) await manager.streams.update(config.name, config);
}

async function ensureConsumer(
  manager: JetStreamManager,
  stream: string,
  config: ConsumerSettings,
): Promise<void> {
  const now = await manager.consumers.info(stream, config.durable_name).catch(missing);
  if (!now) await manager.consumers.add(stream, config);
  else if (!holds(now.config, config))
    await manager.consumers.update(stream, config.durable_name, config);
}

/**
 * Each update rewrites the server's files, and a server that is killed meanwhile may not find the
 * stream again: it is told only what it does not do already.
 */
function holds(now: object, wanted: object): boolean {
  const known = new Map(Object.entries(now));
  return Object.entries(wanted).every(([key, value]) => isDeepStrictEqual(known.get(key), value));
}

function missing(error: NatsError): null {
  if (notFound.has(error.api_error?.err_code ?? 0)) return null;
  throw error;
}

/** JetStream error codes: no such consumer, no such stream. */
const notFound: ReadonlySet<number> = new Set([10014, 10059]);
