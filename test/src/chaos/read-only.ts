import type { World } from '@coroner/hub/dist/testing/world.js';

/** As a standby that was not promoted yet: reads go well, writes are refused. */
export async function setReadOnly({ pool }: World, mode: 'on' | 'off'): Promise<void> {
  await pool.query(`set default_transaction_read_only = off`);
  await pool.query(`alter system set default_transaction_read_only = ${mode}`);
  await pool.query('select pg_reload_conf()');
}
