import type { World } from '@coroner/hub/dist/testing/world.js';
import { expect, it } from 'vitest';
import { throughFault } from './through-fault.ts';

const events = 20_000;

/** As a standby that was not promoted yet: reads go well, writes are refused. */
async function setReadOnly({ pool }: World, mode: 'on' | 'off'): Promise<void> {
  await pool.query(`set default_transaction_read_only = off`);
  await pool.query(`alter system set default_transaction_read_only = ${mode}`);
  await pool.query('select pg_reload_conf()');
}

it('a Postgres that takes no writes for a while loses nothing', async () => {
  const outcome = await throughFault({
    events,
    begin: (world) => setReadOnly(world, 'on'),
    end: (world) => setReadOnly(world, 'off'),
  });
  expect(outcome.storedDuring).toBe(0);
  expect(outcome).toMatchObject({ stored: events, lost: [], duplicated: 0, dropped: 0 });
});
