import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { eventStream } from '@coroner/schema/wire/subjects';
import { connect, type NatsConnection } from 'nats';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startNats, type TestNats } from '../testing/servers/nats.ts';
import { connectionOptions } from './stream/connection.ts';
import { ensureStreams } from './stream/streams.ts';

let nats: TestNats;
let connection: NatsConnection;
beforeEach(async () => {
  nats = await startNats();
  connection = await connect(connectionOptions(nats.url));
  await ensure();
});
afterEach(async () => {
  await connection.close();
  await nats.stop();
});

const ensure = () =>
  ensureStreams(connection, pino({ level: 'silent' }), new AbortController().signal);

/** When the server last wrote down what each stream and consumer is. */
const written = () =>
  readdirSync(nats.directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('meta.inf'))
    .sort()
    .map((file) => [file, statSync(join(nats.directory, file)).mtimeMs]);

test('what the server does already is not written again', async () => {
  const before = written();
  expect(before).toHaveLength(4);
  await ensure();
  expect(written()).toEqual(before);
});

test('what an older hub left is brought up to date', async () => {
  const { name, consumer } = eventStream;
  const manager = await connection.jetstreamManager();
  await manager.streams.update(name, { duplicate_window: 1_000_000_000 });
  await manager.consumers.update(name, consumer, { max_ack_pending: 1 });
  await ensure();
  const stream = await manager.streams.info(name);
  expect(stream.config.duplicate_window).toBe(120_000_000_000);
  expect((await manager.consumers.info(name, consumer)).config.max_ack_pending).toBe(256);
});

test('what is gone is made again', async () => {
  const { name, consumer } = eventStream;
  const manager = await connection.jetstreamManager();
  await manager.consumers.delete(name, consumer);
  await ensure();
  expect((await manager.consumers.info(name, consumer)).name).toBe(consumer);
});
