import { expect, it } from 'vitest';
import { setReadOnly } from './read-only.ts';
import { throughFault } from './through-fault.ts';

const events = 20_000;

it('a Postgres that takes no writes for a while loses nothing', async () => {
  const outcome = await throughFault({
    events,
    begin: (world) => setReadOnly(world, 'on'),
    end: (world) => setReadOnly(world, 'off'),
  });
  expect(outcome.storedDuring).toBe(0);
  expect(outcome).toMatchObject({ stored: events, lost: [], duplicated: 0, dropped: 0 });
});
