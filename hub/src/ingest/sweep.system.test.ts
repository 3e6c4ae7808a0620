import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  alertStream,
  alertSubject,
  eventStream,
  eventSubject,
} from '@coroner/schema/wire/subjects';
import { connect, type NatsConnection } from 'nats';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startNats, type TestNats } from '../testing/servers/nats.ts';
import { connectionOptions } from './stream/connection.ts';
import type { Place } from './stream/standing.ts';
import { ensureStreams } from './stream/streams.ts';
import { keptIsStuck, queueIsStuck } from './stream/stuck.ts';
import { sweeper } from './stream/sweep.ts';

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
  return { held: state.messages, pending: info.num_ack_pending };
}

/** The file in which nats-server keeps what the consumer has acknowledged. */
function stateOfConsumer({ name, consumer } = eventStream as Place): string {
  const path = `streams/${name}/obs/${consumer}/o.dat`;
  const all = readdirSync(nats.directory, { recursive: true, encoding: 'utf8' });
  return join(nats.directory, all.find((file) => file.endsWith(path)) ?? path);
}

const log = pino({ level: 'silent' });
const newSweep = () =>
  sweeper(connection, eventStream, queueIsStuck, new AbortController().signal, log);
const newSweepOfAlerts = () =>
  sweeper(connection, alertStream, keptIsStuck, new AbortController().signal, log);

/** Takes and acknowledges what is delivered until nothing is held; tells the sequences. */
async function storeAll(): Promise<number[]> {
  const { name, consumer } = eventStream;
  const taken: number[] = [];
  const durable = await connection.jetstream().consumers.get(name, consumer);
  while ((await look()).held > 0)
    for await (const message of await durable.fetch({ max_messages: messages, expires: 1000 })) {
      taken.push(message.seq);
      await message.ackAck();
    }
  return taken;
}

test('what a crash of nats-server brought back is delivered again, stored or not', async () => {
  await acknowledge(1, 2, 3, 4, 5);
  await comeBack(nats.crash);
  const { held, pending } = await look();
  const sweep = newSweep();
  await sweep();
  expect(await sweep()).toBe(held > 0 || pending > 0);
  expect(await storeAll()).toHaveLength(held);
});

test('a stream that is worked off is left alone', async () => {
  await acknowledge(1, 2, 3, 4, 5);
  const sweep = newSweep();
  expect([await sweep(), await sweep(), await sweep()]).toEqual([false, false, false]);
});

test('nothing that nobody acknowledged is removed', async () => {
  await acknowledge(1, 2);
  const sweep = newSweep();
  await sweep();
  await sweep();
  expect(await storeAll()).toEqual([3, 4, 5]);
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
  expect(await look()).toMatchObject({ held: 1 });
  const sweep = newSweep();
  await sweep();
  expect(await sweep()).toBe(true);
  expect(await storeAll()).toEqual([1]);
  expect(await look()).toEqual({ held: 0, pending: 0 });
});

const alert = (incident: number) =>
  connection.jetstream().publish(alertSubject(`i${incident}`), `alert ${incident}`);

/** Takes and acknowledges so many alerts, as a bot does; tells which. */
async function take(count: number): Promise<string[]> {
  const { name, consumer } = alertStream;
  const durable = await connection.jetstream().consumers.get(name, consumer);
  const taken: string[] = [];
  for await (const message of await durable.fetch({ max_messages: count, expires: 2_000 })) {
    taken.push(message.string());
    await message.ackAck();
  }
  return taken;
}

test('alerts that a stream stored anew under old numbers reach the bot', async () => {
  const newer = join(folder, 'o.dat');
  for (const incident of [1, 2, 3, 4, 5]) await alert(incident);
  expect(await take(5)).toHaveLength(5);
  await comeBack(nats.end, () => copyFileSync(stateOfConsumer(alertStream), newer));
  await stop();
  await startFilled();
  for (const incident of [11, 12]) await alert(incident);
  await comeBack(nats.end, () => copyFileSync(newer, stateOfConsumer(alertStream)));
  expect(await take(2)).toEqual([]);
  const sweep = newSweepOfAlerts();
  await sweep();
  expect(await sweep()).toBe(true);
  expect(await take(2)).toEqual(['alert 11', 'alert 12']);
});

test('alerts that were posted, and such as wait for a bot, are left alone', async () => {
  for (const incident of [1, 2, 3]) await alert(incident);
  const sweep = newSweepOfAlerts();
  expect([await sweep(), await sweep()]).toEqual([false, false]);
  expect(await take(2)).toEqual(['alert 1', 'alert 2']);
  // A newer state takes the place of one that the bot still has in hand.
  const durable = await connection
    .jetstream()
    .consumers.get(alertStream.name, alertStream.consumer);
  await durable.fetch({ max_messages: 1, expires: 1_000 });
  await alert(3);
  expect([await sweep(), await sweep()]).toEqual([false, false]);
});
