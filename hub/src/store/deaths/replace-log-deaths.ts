import type { Transaction } from '../database.ts';

/**
 * Deaths that a log alone knew go when the probe's record of the same death is there; their
 * incident keeps its count and gets the new one as its first where it was the first.
 * Call it after the new deaths and their incidents are stored. Returns how many went.
 */
export async function replaceLogDeaths(
  transaction: Transaction,
  newIds: readonly string[],
): Promise<number> {
  if (newIds.length === 0) return 0;
  const { rowCount } = await transaction.query({
    name: 'replace-log-deaths',
    text: `
      with pair as (
        select old.id as old_id, old.incident_id, new.id as new_id
        from deaths new join deaths old
          on old.from_log and old.host = new.host
          and (old.pid = new.pid or (old.pid = 0 and old.unit = new.unit))
          and old.died_at between new.died_at - interval '60 seconds'
                              and new.died_at + interval '60 seconds'
        where new.id = any($1::text[]) and not new.from_log
      ), counted as (
        update incidents i set
          deaths = greatest(1, i.deaths - 1), revision = i.revision + 1,
          death_id = case when i.death_id = pair.old_id then pair.new_id else i.death_id end
        from pair where i.id = pair.incident_id
      ), pointed as (
        -- Incidents that were merged still name it.
        update incidents i set death_id = pair.new_id
        from pair where i.death_id = pair.old_id and i.id is distinct from pair.incident_id
      ), forgotten as (
        delete from events where id in (select old_id from pair)
      )
      delete from deaths where id in (select old_id from pair)`,
    values: [newIds],
  });
  return rowCount ?? 0;
}
