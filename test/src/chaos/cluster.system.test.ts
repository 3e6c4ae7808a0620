import { eventStream } from '@coroner/schema/wire/subjects';
import { expect, it } from 'vitest';
import { startNatsCluster } from './nats-cluster.ts';
import { throughFault } from './through-fault.ts';

const events = 20_000;

it('a cluster of nats-servers that loses its leader goes on, and loses nothing', async () => {
  const outcome = await throughFault({
    events,
    servers: { natsServer: () => startNatsCluster(eventStream.name) },
    hubEnvironment: { CORONER_NATS_REPLICAS: '3' },
    after: events / 10,
    isHarmless: true,
    begin: ({ nats }) => nats.crash(),
    async end({ nats }) {
      await nats.start();
      await nats.crash();
      await nats.start();
    },
  });
  expect(outcome).toMatchObject({ stored: events, lost: [], duplicated: 0, dropped: 0 });
  expect(outcome.storedDuring).toBe(events);
});
