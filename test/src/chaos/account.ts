import type { World } from '@coroner/hub/dist/testing/world.js';
import { until } from '../stack/until.ts';

/** What was made against what is stored. */
export interface Account {
  generated: number;
  stored: number;
  /** Numbers of events that are made and not stored. */
  lost: number[];
  /** Rows beyond one for each event. */
  duplicated: number;
  /** Events that the agent itself said it had to drop. */
  dropped: number;
}

const quietWithinMs = 240_000;

/** As soon as nothing is missing but what the agent said it dropped, or when what is missing does not come. */
export async function settled(world: World, host: string, generated: number): Promise<Account> {
  let now = await account(world, host, generated);
  const complete = async () => {
    now = await account(world, host, generated);
    return now.lost.length === now.dropped;
  };
  await until('nothing is missing', complete, quietWithinMs).catch(() => undefined);
  return now;
}

/** What is stored of `host` by now. */
export async function account(world: World, host: string, generated: number): Promise<Account> {
  const rows = await world.rows<{ id: string }>(
    `select id from events where kind = 'shell-command' and host = $1`,
    [host],
  );
  const [gaps] = await world.rows<{ dropped: string | null }>(
    `select sum((body->>'lost')::bigint) dropped from events where kind = 'gap' and host = $1`,
    [host],
  );
  const numbers = new Set(rows.map(({ id }) => Number(/generated-(\d+)/.exec(id)?.[1])));
  const lost = Array.from({ length: generated }, (_, number) => number).filter(
    (number) => !numbers.has(number),
  );
  return {
    generated,
    stored: numbers.size,
    lost,
    duplicated: rows.length - numbers.size,
    dropped: Number(gaps?.dropped ?? 0),
  };
}
