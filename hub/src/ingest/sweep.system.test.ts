import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-sweep-'));
  await startFilled();
});
afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

/** A server with messages 1 to 5 in the stream. */
async function startFilled(): Promise<void> {
  nats = await startNats();
  connection = await connect(connectionOptions(nats.url));
  await ensureStreams(connection, pino({ level: 'silent' }), new AbortController().signal);
  for (let index = 0; index < messages; index += 1)
    await connection.jetstream().publish(eventSubject('web-1'), String(index));
}

async function stop(): Promise<void> {
  await connection.close();
  await nats.stop();
}

async function comeBack(leave: () => Promise<void>, meanwhile = () => {}): Promise<void> {
  await connection.close();
  await leave();
  meanwhile();
  await nats.start();
  connection = await connect(connectionOptions(nats.url));
}

/** Takes all messages, and acknowledges some of them by their sequence. */
async function acknowledge(...sequences: number[]): Promise<void> {
  const { name, consumer } = eventStream;
  const durable = await connection.jetstream().consumers.get(name, consumer);
  let taken = 0;
  for await (const message of await durable.fetch({ max_messages: messages })) {
    taken += 1;
    if (sequences.includes(message.seq)) expect(await message.ackAck()).toBe(true);
    if (taken === messages) break;
  }
}

async function look() {
  const manager = await connection.jetstreamManager();
  const { state } = await manager.streams.info(eventStream.name);
  const info = await manager.consumers.info(eventStream.name, eventStream.consumer);
  return { held: state.messages, pending: info.num_ack_pending, floor: info.ack_floor.stream_seq };
}

/** The file in which nats-server keeps what the consumer has acknowledged. */
function stateOfConsumer(): string {
  const path = `streams/${eventStream.name}/obs/${eventStream.consumer}/o.dat`;
  const all = readdirSync(nats.directory, { recursive: true, encoding: 'utf8' });
  return join(nats.directory, all.find((file) => file.endsWith(path)) ?? path);
}

test('what a crash of nats-server brought back after its acknowledgement is removed', async () => {
  await acknowledge(1, 2, 3, 4, 5);
  await comeBack(nats.crash);
  await until(
    async () => [await sweep(connection), await look()] as const,
    ([, { held }]) => held === 0,
  );
});

test('what nobody acknowledged stays, through a crash too', async () => {
  await acknowledge(1, 2);
  expect(await sweep(connection)).toBe(0);
  expect(await look()).toEqual({ held: 3, pending: 3, floor: 2 });
  await comeBack(nats.crash);
  await sweep(connection);
  expect((await look()).held).toBeGreaterThanOrEqual(3);
});

test('what is gone from the stream does not wait for its acknowledgement for ever', async () => {
  const older = join(folder, 'o.dat');
  await acknowledge(1);
  await comeBack(nats.end, () => copyFileSync(stateOfConsumer(), older));
  await stop();
  await startFilled();
  await acknowledge(2, 3, 4, 5);
  await comeBack(nats.end, () => copyFileSync(older, stateOfConsumer()));
  // Message 1 came back, 2 to 5 are gone: the consumer has acknowledged 1 and waits for the others.
  expect(await look()).toMatchObject({ held: 1, floor: 1 });
  await sweep(connection);
  expect(await look()).toEqual({ held: 0, pending: 0, floor: messages });
});
