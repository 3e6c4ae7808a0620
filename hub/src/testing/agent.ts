import type { Event } from '@coroner/schema/event/event';
import { stableId } from '@coroner/schema/identity';
import type { Batch } from '@coroner/schema/wire/batch';
import type { Heartbeat } from '@coroner/schema/wire/heartbeat';
import { eventSubject, heartbeatSubject } from '@coroner/schema/wire/subjects';
import { connect, type NatsConnection } from 'nats';
import { connectionOptions } from '../ingest/stream/connection.ts';

const attemptMs = 2_000;
const patienceMs = 120_000;

/** Publishes as an agent does. */
export interface TestAgent {
  connection: NatsConnection;
  publish(host: string, events: readonly Event[]): Promise<void>;
  heartbeat(host: string, facts?: Partial<Heartbeat>): Promise<void>;
  /** Any bytes on any subject. */
  raw(subject: string, data: Uint8Array | string): Promise<void>;
  stop(): Promise<void>;
}

export async function startAgent(natsUrl: string): Promise<TestAgent> {
  const connection = await connect({
    ...connectionOptions(natsUrl),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 50,
    waitOnFirstConnect: true,
  });
  const stream = connection.jetstream({ timeout: attemptMs });
  /** As an agent does: what a broken connection swallowed is sent again, under the same id. */
  async function publish(subject: string, data: Uint8Array | string, msgID?: string) {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      try {
        await stream.publish(subject, data, msgID ? { msgID } : {});
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }
  return {
    connection,
    async publish(host, events) {
      const batch = batchOf(host, events);
      await publish(eventSubject(host), JSON.stringify(batch), batch.id);
    },
    async heartbeat(host, facts = {}) {
      const heartbeat = heartbeatOf(host, facts);
      await publish(heartbeatSubject(host), JSON.stringify(heartbeat));
    },
    async raw(subject, data) {
      await publish(subject, data);
    },
    stop: () => connection.drain(),
  };
}

export function batchOf(host: string, events: readonly Event[]): Batch {
  return {
    v: 1,
    id: stableId('batch', host, ...events.map((event) => event.id)),
    host,
    bootId: 'boot-1',
    agent: 'test',
    sentAt: new Date().toISOString(),
    events: [...events],
  };
}

export function heartbeatOf(host: string, facts: Partial<Heartbeat> = {}): Heartbeat {
  return {
    v: 1,
    host,
    bootId: 'boot-1',
    agent: 'test',
    agentPid: 1,
    sentAt: new Date().toISOString(),
    uptimeUs: 1_000_000,
    kernel: '6.18.0',
    os: 'Debian GNU/Linux 12',
    sources: [],
    spooled: 0,
    ...facts,
  };
}
