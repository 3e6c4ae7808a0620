import { startNats } from '@coroner/hub/dist/testing/servers/nats.js';
import { startPostgres } from '@coroner/hub/dist/testing/servers/postgres.js';
import { afterEach, expect, it } from 'vitest';
import { type SmallDisk, smallDisk } from './small-disk.ts';
import { throughFault } from './through-fault.ts';

const events = 20_000;
const complete = { generated: events, stored: events, lost: [], duplicated: 0, dropped: 0 };
let disk: SmallDisk;
afterEach(() => disk.unmount());

it('a full disk under JetStream loses nothing', async () => {
  disk = smallDisk(64);
  const outcome = await throughFault({
    events,
    servers: { natsServer: () => startNats({ folder: disk.folder }) },
    begin: () => disk.fill(),
    async end({ nats }) {
      disk.free();
      // nats-server switches JetStream off when a write fails, until it is started again.
      await nats.end();
      await nats.start();
    },
  });
  expect(outcome).toMatchObject(complete);
  expect(outcome.storedDuring).toBeLessThan(events);
});

it('a full disk under Postgres loses nothing', async () => {
  disk = smallDisk(256);
  const outcome = await throughFault({
    events,
    servers: { postgresServer: () => startPostgres(['fsync=off'], disk.folder) },
    begin: () => disk.fill(),
    async end({ postgres }) {
      disk.free();
      // It may have ended itself: what it cannot write to its log it cannot go on without.
      await postgres.crash();
      await postgres.start();
    },
  });
  expect(outcome).toMatchObject(complete);
  expect(outcome.storedDuring).toBeLessThan(events);
});

it('a full disk under the spool stops nothing while nats-server can be reached', async () => {
  disk = smallDisk(40);
  const outcome = await throughFault({
    events: 5 * events,
    agent: { folder: disk.folder },
    after: 1,
    isHarmless: true,
    begin: () => disk.fill(),
    end: () => disk.free(),
  });
  expect(outcome).toMatchObject({ ...complete, generated: 5 * events, stored: 5 * events });
  expect(outcome.storedDuring).toBe(5 * events);
});

it('a full disk under the spool loses no more than the agent says while nats-server is away', async () => {
  disk = smallDisk(4);
  const outcome = await throughFault({
    events: 3 * events,
    agent: { folder: disk.folder },
    after: 1,
    begin({ nats }) {
      disk.fill();
      return nats.end();
    },
    end: ({ nats }) => nats.start(),
  });
  expect(outcome.duplicated).toBe(0);
  expect(outcome.dropped).toBeGreaterThan(0);
  expect(outcome.lost).toHaveLength(outcome.dropped);
  expect(outcome.agentLog).toContain('ENOSPC');
});
