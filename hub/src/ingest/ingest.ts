import type { JsMsg, NatsConnection } from 'nats';
import type { Logger } from 'pino';
import type { Pool } from '../store/database.ts';
import { decode } from './decode/decode-message.ts';
import { instantOfNanos } from './decode/instant.ts';
import type { BatchReport } from './store-batch.ts';
import { storeSafely } from './store-safely.ts';
import { watchBacklog } from './stream/backlog.ts';
import { backOff } from './stream/backoff.ts';
import { pullForEver } from './stream/pull.ts';
import { createQueue, type Limits, type Queue } from './stream/queue.ts';
import { ensureStreams } from './stream/streams.ts';
import { sweepForEver } from './stream/sweep.ts';

/** Two batches in flight: Postgres commits one while the next is decoded. */
const lanes = 2;
const batchLimits: Limits = { items: 256, bytes: 8 * 1024 * 1024 };
/** Of a lane, beyond which no more is pulled: a backlog of small messages fills batches with them. */
const mostWaiting: Limits = { items: 128, bytes: 4 * 1024 * 1024 };
/** JetStream delivers again after 10 s; said well before that, `working` starts the time anew. */
const stillWorkingMs = 3_000;

export interface IngestOptions {
  connection: NatsConnection;
  pool: Pool;
  log: Logger;
  /** Of the streams; null leaves them as they are. */
  replicas: number | null;
  /** Each second: messages of agents that no hub has taken yet; null while NATS does not answer. */
  onBacklog: (messages: number | null) => void;
  onBatch: (report: BatchReport, seconds: number) => void;
}

export interface Ingest {
  /** Resolves when streams and consumers are there. */
  ready: Promise<void>;
  /** Finishes the batches in flight; what was pulled and not begun is delivered again later. */
  stop(): Promise<void>;
}

/**
 * Pull → queue by host → decode → store in one transaction → acknowledge after the commit.
 * Messages of one host keep to one lane, so that one hub never judges a host twice at once.
 */
export function startIngest(options: IngestOptions): Ingest {
  const { connection, pool, log, replicas, onBacklog, onBatch } = options;
  const stopping = new AbortController();
  const queues = Array.from({ length: lanes }, () => createQueue<JsMsg>());
  const deliver = (message: JsMsg) => queues[laneOf(message.subject)]?.push(message);
  const room = async () => {
    await Promise.all(queues.map((queue) => queue.room(mostWaiting)));
  };
  const ready = ensureStreams(connection, log, stopping.signal, replicas);
  const pulling = pullForEver(connection, deliver, room, stopping.signal, log, replicas);
  const watching = watchBacklog(connection, onBacklog, stopping.signal);
  let isStoring = true;
  const sweeping = sweepForEver(connection, () => isStoring, stopping.signal, log);
  const working = queues.map((queue) => work(queue));

  async function work(queue: Queue<JsMsg>): Promise<void> {
    for (;;) {
      const messages = await queue.take(batchLimits);
      if (messages.length === 0 || stopping.signal.aborted) return;
      await storeAndAcknowledge(messages);
    }
  }

  async function storeAndAcknowledge(messages: readonly JsMsg[]): Promise<void> {
    const keepAlive = setInterval(() => {
      for (const message of messages) message.working();
    }, stillWorkingMs);
    const startedMs = performance.now();
    try {
      const decoded = messages.map((message) =>
        decode({
          subject: message.subject,
          data: message.data,
          receivedAt: instantOfNanos(BigInt(message.info.timestampNanos)),
        }),
      );
      const reports = await storeInTheEnd(decoded);
      if (!reports) return;
      for (const message of messages) message.ack();
      for (const report of reports) onBatch(report, (performance.now() - startedMs) / 1000);
    } finally {
      clearInterval(keepAlive);
    }
  }

  /** Tries until the database takes it; null when the hub stops before that. */
  async function storeInTheEnd(decoded: Parameters<typeof storeSafely>[1]) {
    for (let attempt = 0; !stopping.signal.aborted; attempt += 1) {
      try {
        const reports = await storeSafely(pool, decoded, log);
        isStoring = true;
        return reports;
      } catch (error) {
        isStoring = false;
        log.warn({ reason: (error as Error).message }, 'cannot store a batch, trying again');
        await backOff(attempt, stopping.signal);
      }
    }
    return null;
  }

  return {
    ready,
    async stop() {
      stopping.abort();
      for (const queue of queues) queue.close();
      await Promise.all([pulling, watching, sweeping, ...working]);
    },
  };
}

/** Spreads hosts over the lanes, by the subject's characters. */
function laneOf(subject: string): number {
  let sum = 0;
  for (let index = 0; index < subject.length; index += 1)
    sum = (sum * 31 + subject.charCodeAt(index)) | 0;
  return Math.abs(sum) % lanes;
}
