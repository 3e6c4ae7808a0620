import { eventStream, eventSubject } from '@coroner/schema/wire/subjects';
import { connect, type NatsConnection } from 'nats';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startNats, type TestNats } from '../testing/servers/nats.ts';
import { until } from '../testing/until.ts';
import { connectionOptions } from './stream/connection.ts';
import { ensureStreams } from './stream/streams.ts';
import { sweep } from './stream/sweep.ts';

const messages = 5;
let nats: TestNats;
let connection: NatsConnection;
beforeEach(async () => {
  nats = await startNats();
  connection = await connect(connectionOptions(nats.url));
  await ensureStreams(connection, pino({ level: 'silent' }), new AbortController().signal);
  for (let index = 0; index < messages; index += 1)
    await connection.jetstream().publish(eventSubject('web-1'), String(index));
});
afterEach(async () => {
  await connection.close();
  await nats.stop();
});

/** Takes all messages, and acknowledges the first `count` of them. */
async function acknowledge(count: number): Promise<void> {
  const consumer = await connection
    .jetstream()
    .consumers.get(eventStream.name, eventStream.consumer);
  let taken = 0;
  for await (const message of await consumer.fetch({ max_messages: messages })) {
    taken += 1;
    if (taken <= count) expect(await message.ackAck()).toBe(true);
    if (taken === messages) break;
  }
}

async function crashAndComeBack(): Promise<void> {
  await connection.close();
  await nats.crash();
  await nats.start();
  connection = await connect(connectionOptions(nats.url));
}

const held = async () =>
  (await (await connection.jetstreamManager()).streams.info(eventStream.name)).state.messages;

const swept = async () => sweep(await connection.jetstreamManager());

test('what a crash of nats-server brought back after its acknowledgement is removed', async () => {
  await acknowledge(messages);
  await crashAndComeBack();
  await until(
    async () => [await swept(), await held()],
    ([, count]) => count === 0,
  );
});

test('what nobody acknowledged stays, through a crash too', async () => {
  const acknowledged = 2;
  await acknowledge(acknowledged);
  expect(await swept()).toBe(0);
  expect(await held()).toBe(messages - acknowledged);
  await crashAndComeBack();
  await swept();
  expect(await held()).toBeGreaterThanOrEqual(messages - acknowledged);
});
