import { startNats } from '@coroner/hub/dist/testing/servers/nats.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cable, layCable } from './network.ts';
import { throughFault } from './through-fault.ts';

const events = 20_000;
let cable: Cable;
beforeAll(() => {
  cable = layCable(1);
});
afterAll(() => cable?.remove());

it('a network that is cut and mended loses nothing', async () => {
  const outcome = await throughFault({
    events,
    servers: { natsServer: () => startNats({ address: cable.address }) },
    agent: { within: cable.within },
    after: 1,
    begin: () => cable.cut(),
    end: () => cable.mend(),
  });
  expect(outcome.storedDuring).toBeLessThan(events);
  expect(outcome).toMatchObject({ stored: events, lost: [], duplicated: 0, dropped: 0 });
});
