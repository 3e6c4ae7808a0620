import { startNats } from '@coroner/hub/dist/testing/servers/nats.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FarAway, farAway } from './far-away.ts';
import { type Cable, layCable } from './network.ts';
import { throughFault } from './through-fault.ts';

const events = 20_000;
const complete = { stored: events, lost: [], duplicated: 0, dropped: 0 };
let cable: Cable;
let distance: FarAway | undefined;
beforeAll(() => {
  cable = layCable(1);
});
afterAll(async () => {
  await distance?.close();
  cable?.remove();
});

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
  expect(outcome).toMatchObject(complete);
});

it('a server that is far away is only later: nothing is lost, and nothing comes twice', async () => {
  const outcome = await throughFault({
    events,
    async agentUrl(natsUrl) {
      distance = await farAway(cable.address, natsUrl, { delayMs: 300, jitterMs: 400 });
      return distance.urlOf(natsUrl);
    },
    agent: { within: cable.within },
    isHarmless: true,
    begin: () => undefined,
    end: () => undefined,
  });
  expect(outcome).toMatchObject({ ...complete, storedDuring: events });
});

it('a network that loses packets loses nothing', async () => {
  const outcome = await throughFault({
    events,
    servers: { natsServer: () => startNats({ address: cable.address }) },
    agent: { within: cable.within },
    isHarmless: true,
    begin: () => cable.lose(0.1),
    end: () => undefined,
  });
  expect(outcome).toMatchObject({ ...complete, storedDuring: events });
  expect(cable.lost()).toBeGreaterThan(0);
});
