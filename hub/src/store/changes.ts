import type { Queryable, Transaction } from './database.ts';
import { lock } from './lock.ts';
import type { Changes } from './notify.ts';

/** A committed change of a death or an incident; `seq` grows in the order of the commits. */
export interface Change {
  seq: number;
  kind: 'death' | 'incident';
  id: string;
}

/**
 * Writes down what changed. The lock is held to the end of the transaction, so that nobody who has
 * read up to one number ever misses a smaller one: call it last.
 */
export async function recordChanges(
  transaction: Transaction,
  { deaths, incidents }: Changes,
): Promise<void> {
  if (deaths.length + incidents.length === 0) return;
  await lock(transaction, 'changes', ['']);
  await transaction.query({
    name: 'record-changes',
    text: `
      insert into changes (kind, subject_id)
      select 'death', id from unnest($1::text[]) as id
      union all select 'incident', id from unnest($2::text[]) as id`,
    values: [deaths, incidents],
  });
}

export async function changesAfter(on: Queryable, seq: number, most: number): Promise<Change[]> {
  const { rows } = await on.query<Change>({
    name: 'changes-after',
    text: `select seq, kind, subject_id as id from changes where seq > $1 order by seq limit $2`,
    values: [seq, most],
  });
  return rows;
}

/** The number of the newest change (0 for none), and whether the one with number `seq` is still there (0: before the first). */
export async function changesState(
  on: Queryable,
  seq: number,
): Promise<{ newest: number; known: boolean }> {
  const { rows } = await on.query<{ newest: number; known: boolean }>({
    name: 'changes-state',
    text: `
      select coalesce((select max(seq) from changes), 0) as newest,
             exists(select from changes where seq = $1)
               or ($1 = 0 and coalesce((select min(seq) from changes), 1) = 1) as known`,
    values: [seq],
  });
  return rows[0] ?? { newest: 0, known: false };
}

/** Forgets what is older than a day; the newest stays, so that numbers go on. */
export async function pruneChanges(on: Queryable): Promise<void> {
  await on.query({
    name: 'prune-changes',
    text: `
      delete from changes
      where changed_at < now() - interval '1 day' and seq < (select max(seq) from changes)`,
  });
}
