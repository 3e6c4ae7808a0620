import type { Transaction } from '../database.ts';

/** A package that was changed on a host, and whose death it was before, by its id. */
interface ChangeBefore {
  deathId: string;
  package: string;
  toVersion: string | null;
}

/** A leak shows within a day, what a kernel breaks after days. */
const programHours = 24;
const hostDays = 7;
const mostChanges = 200;

/** The packages that were changed on the hosts of these deaths before them. */
export async function changesBefore(
  transaction: Transaction,
  deaths: readonly { id: string; host: string; diedAt: string; isHost: boolean }[],
): Promise<ChangeBefore[]> {
  if (deaths.length === 0) return [];
  const { rows } = await transaction.query<ChangeBefore>({
    name: 'package-changes-before',
    text: `
      select d.id as "deathId", e.body ->> 'package' as package,
             e.body ->> 'toVersion' as "toVersion"
      from jsonb_to_recordset($1::jsonb) as d(
             id text, host text, "diedAt" timestamptz, "isHost" boolean)
      cross join lateral (
        select body from events
        where events.host = d.host and events.kind = 'package-change' and events.kind <> 'death'
          and at <= d."diedAt"
          and at >= d."diedAt" - case when d."isHost" then interval '${hostDays} days'
                                 else interval '${programHours} hours' end
        order by at desc limit ${mostChanges}) e
      where e.body ->> 'action' <> 'remove'`,
    values: [JSON.stringify(deaths)],
  });
  return rows;
}
