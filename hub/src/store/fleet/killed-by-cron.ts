import type { CronToll } from '@coroner/schema/http/cron-jobs';
import type { Queryable } from '../database.ts';
import type { CronLine } from './list-cron-jobs.ts';

const mostCounted = 100;

/** What each of these lines has ended, as far as is known; null for what ended nothing. In their order. */
export async function killedByCron(
  on: Queryable,
  lines: readonly Pick<CronLine, 'host' | 'file' | 'event'>[],
): Promise<(CronToll | null)[]> {
  if (lines.length === 0) return [];
  const { rows } = await on.query<{ killed: CronToll | null }>({
    name: 'killed-by-cron',
    text: `
      select case when killed.deaths > 0 then jsonb_build_object('deaths', killed.deaths,
               'lastAt', to_char(killed.last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'lastDeathId', killed.last_id, 'lastComm', killed.last_comm) end as killed
      from unnest($1::text[], $2::text[], $3::text[]) with ordinality as asked(host, file, command, place)
      cross join lateral (
        select count(*)::integer as deaths, max(died_at) as last_at,
               (array_agg(id))[1] as last_id, (array_agg(comm))[1] as last_comm
        from (select id, comm, died_at from deaths d
              where d.answer #>> '{actor,origin,type}' = 'cron' and d.host = asked.host
                and d.answer #>> '{actor,origin,file}' = asked.file
                and d.answer #>> '{actor,origin,command}' = asked.command
              order by died_at desc limit ${mostCounted}) newest) killed
      order by asked.place`,
    values: [
      lines.map(({ host }) => host),
      lines.map(({ file }) => file),
      lines.map(({ event }) => event.command),
    ],
  });
  return rows.map(({ killed }) => killed);
}
