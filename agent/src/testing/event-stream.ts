import { eventStream } from '@coroner/schema/wire/subjects';
import type { NatsConnection } from 'nats';

interface StreamedBatch {
  readonly id: string;
  readonly host: string;
  readonly events: { id: string; kind: string; [field: string]: unknown }[];
}

/** The event stream as the hub makes it, but for the retention: so that a test can read all of it. */
export async function addEventStream(admin: NatsConnection): Promise<void> {
  const manager = await admin.jetstreamManager();
  await manager.streams.add({ name: eventStream.name, subjects: [...eventStream.subjects] });
}

/** All batches that are in the stream. */
export async function batchesIn(admin: NatsConnection): Promise<StreamedBatch[]> {
  const manager = await admin.jetstreamManager();
  const { state } = await manager.streams.info(eventStream.name);
  const batches: StreamedBatch[] = [];
  if (state.messages === 0) return batches;
  const consumer = await admin.jetstream().consumers.get(eventStream.name);
  const messages = await consumer.fetch({ max_messages: state.messages, expires: 5000 });
  for await (const message of messages) {
    if (message.subject.startsWith('coroner.events.')) batches.push(message.json());
    if (message.seq >= state.last_seq) break;
  }
  return batches;
}

export async function eventsIn(admin: NatsConnection): Promise<StreamedBatch['events']> {
  return (await batchesIn(admin)).flatMap(({ events }) => events);
}
