import { expect, it } from 'vitest';
import { runChaos } from './chaos.ts';

it('kill -9 and SIGSTOP of every part lose nothing and store nothing twice', async () => {
  const account = await runChaos({ seed: 8, events: 20_000, faults: 8 });
  expect(account).toEqual({
    generated: 20_000,
    stored: 20_000,
    lost: [],
    duplicated: 0,
    dropped: 0,
  });
});
