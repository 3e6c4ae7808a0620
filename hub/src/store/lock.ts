import { createHash } from 'node:crypto';
import type { Transaction } from './database.ts';

/** What is locked: `host` always before `incident`, `changes` last, so that nobody waits in a circle. */
export type LockSpace = 'host' | 'incident' | 'changes';

/**
 * Waits until no other transaction holds these names, and holds them to its end. Two hubs that
 * store a death and its evidence at once would otherwise not see each other's rows.
 */
export async function lock(
  transaction: Transaction,
  space: LockSpace,
  names: Iterable<string>,
): Promise<void> {
  const keys = [...new Set(names)].map((name) => lockKey(space, name));
  if (keys.length === 0) return;
  // One order for all, so that two transactions cannot wait for each other.
  keys.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  await transaction.query({
    name: 'lock',
    text: 'select pg_advisory_xact_lock(key) from unnest($1::bigint[]) as key',
    values: [keys.map(String)],
  });
}

const lockKey = (space: LockSpace, name: string): bigint =>
  createHash('sha256').update(`${space}\0${name}`).digest().readBigInt64BE(0);
