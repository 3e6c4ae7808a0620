import { maxBatchBytes, maxBatchEvents } from '@coroner/schema/wire/limits';
import { eventSubject } from '@coroner/schema/wire/subjects';
import type { NatsConnection } from 'nats';
import type { Log } from '../log.ts';
import type { SpoolBatch } from '../spool/sending.ts';
import type { Spool } from '../spool/spool.ts';
import { backoff } from './backoff.ts';
import { batchMessage } from './message.ts';
import { refusalOf } from './refusal.ts';

/**
 * Batches under way at the same time, and the bytes of one: each stands in memory several times (as
 * text, as message, in nats.js), so that sending takes 16 MiB at most, whatever waits in the spool.
 */
const windowBatches = 8;
const batchBytes = 512 * 1024;
const ackTimeoutMs = 5000;
/** Of a message, for its envelope and headers. */
const envelopeBytes = 4096;

export interface PublisherOptions {
  readonly host: string;
  /** Of this boot. */
  readonly bootId: string;
  readonly spool: Spool;
  readonly log: Log;
  /** An event that NATS will never take, since it alone is too large. */
  onGivenUp(batch: SpoolBatch): void;
}

/**
 * Sends what the spool has, in order, as soon as it has it: a batch is what is there at the moment.
 * A batch that is not acknowledged is sent again, with the same id, until it is.
 */
export function publisher({ host, bootId, spool, log, onGivenUp }: PublisherOptions) {
  const subject = eventSubject(host);
  const wait = backoff();
  const again: SpoolBatch[] = [];
  let connection: NatsConnection | null = null;
  let underWay = 0;
  let pause: NodeJS.Timeout | null = null;
  let lastComplaint = '';
  let idle: (() => void) | null = null;
  let soon = false;
  // A source writes several times in one turn of the event loop; they go out together.
  spool.whenWritten(() => {
    if (soon) return;
    soon = true;
    setImmediate(() => {
      soon = false;
      pump();
    });
  });

  return {
    /** The connection stands (again). */
    connected(now: NatsConnection): void {
      connection = now;
      pump();
    },
    /** Resolves when all that is spooled has been sent, or after `timeoutMs`. */
    async drained(timeoutMs: number): Promise<void> {
      if (spool.waiting === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        idle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
    close(): void {
      connection = null;
      if (pause) clearTimeout(pause);
    },
  };

  function pump(): void {
    while (connection && !pause && underWay < windowBatches) {
      const batch = again.shift() ?? spool.take(limitsOf(connection));
      if (!batch) return;
      underWay += 1;
      void send(connection, batch);
    }
  }

  async function send(through: NatsConnection, batch: SpoolBatch): Promise<void> {
    const { id, payload } = batchMessage(batch, bootId);
    try {
      await through.jetstream().publish(subject, payload, { msgID: id, timeout: ackTimeoutMs });
      spool.acknowledge(batch.range);
      lastComplaint = '';
      wait.reset();
      if (spool.waiting === 0) idle?.();
    } catch (error) {
      if (connection) refused(error as Error, batch, payload.length);
    } finally {
      underWay -= 1;
      if (connection) pump();
    }
  }

  function refused(error: Error, batch: SpoolBatch, bytes: number): void {
    const { what, advice } = refusalOf(error);
    complain(error, advice, { events: batch.records.length, bytes });
    if (what === 'retry') {
      again.push(batch);
      again.sort((a, b) => a.range.segment - b.range.segment || a.range.from - b.range.from);
      pause ??= setTimeout(() => {
        pause = null;
        pump();
      }, wait.next());
      return;
    }
    const parts = spool.split(batch.range);
    if (parts.length > 0) again.unshift(...parts);
    else {
      spool.acknowledge(batch.range);
      onGivenUp(batch);
    }
  }

  /** Says each trouble once, until something went well. */
  function complain(error: Error, advice: string | null, facts: object): void {
    if (error.message === lastComplaint) return;
    lastComplaint = error.message;
    log.warn({ subject, reason: error.message, advice, ...facts }, 'NATS did not take a batch');
  }
}

function limitsOf(connection: NatsConnection): { maxEvents: number; maxBytes: number } {
  const allowed = connection.info?.max_payload ?? batchBytes;
  return {
    maxEvents: maxBatchEvents,
    maxBytes: Math.max(1, Math.min(batchBytes, maxBatchBytes, allowed) - envelopeBytes),
  };
}
