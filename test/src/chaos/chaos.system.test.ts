import { expect, it } from 'vitest';
import { runChaos } from './chaos.ts';

it('faults of every part lose nothing, store nothing twice and post nothing twice', async () => {
  const account = await runChaos({ seed: 8, events: 20_000, faults: 12 });
  expect(account).toEqual({
    ...{ generated: 20_000, stored: 20_000, lost: [], duplicated: 0, dropped: 0 },
    ...{ incidents: 12, untold: [], toldTwice: 0 },
    ...{ poisoned: account.poisoned, quarantined: account.poisoned },
  });
});
