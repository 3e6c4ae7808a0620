import type { RunningProcess } from '@coroner/schema/http/host-moment';
import type { Queryable } from '../database.ts';
import type { CronRunsRead } from './list-cron-runs.ts';

/** Deaths behind the time that are looked at: a process that runs for months is one of the last. */
const mostDeaths = 5_000;

/**
 * Processes of a host of which a death at that time or later says that they had begun: those that
 * died, and those that ended them. The first `most` of each; `more` where later deaths were not read.
 */
export async function processesAt(
  on: Queryable,
  host: string,
  time: string,
  most: number,
): Promise<{ processes: RunningProcess[]; more: boolean }> {
  const { rows } = await on.query<RunningProcess & { read: number; place: number }>({
    name: 'processes-at',
    text: `
      with later as materialized (
        select id, pid, comm, user_name, died_at, answer -> 'death' as death, answer -> 'actor' as actor
        from deaths where host = $1 and died_at >= $2::timestamptz
        order by died_at, id limit ${mostDeaths}),
      died as (
        select 'died-later' as how, pid, comm, death -> 'cmdline' as cmdline, user_name as "user",
               death ->> 'startedAt' as "startedAt", died_at as "seenAt", id as "deathId"
        from later where pid > 0 and (death ->> 'startedAt')::timestamptz <= $2::timestamptz),
      -- Who was there at one time has its pid alone; its start is dated anew by each record.
      acted as (
        select distinct on (pid) *
        from (select 'acted-later' as how, (actor ->> 'pid')::integer as pid, actor ->> 'comm' as comm,
                     actor -> 'cmdline' as cmdline, actor ->> 'user' as "user",
                     actor ->> 'startedAt' as "startedAt", died_at as "seenAt", id as "deathId"
              from later
              where (actor ->> 'startedAt')::timestamptz <= $2::timestamptz) did
        where not exists (select from died where died.pid = did.pid)
        order by pid, "seenAt" desc),
      told as (
        select *, row_number() over (partition by how order by "seenAt", "deathId") as place
        from (select * from died union all select * from acted) each)
      select how, pid, comm, cmdline, "user", "startedAt", "seenAt", "deathId", place::integer,
             (select count(*)::integer from later) as read
      from told where place <= $3::integer + 1
      order by how desc, "seenAt", "deathId"`,
    values: [host, time, most],
  });
  const more = rows.some(({ place, read }) => place > most || read === mostDeaths);
  const shown = rows.filter(({ place }) => place <= most);
  return { processes: shown.map(({ place: _, read: __, ...process }) => process), more };
}

/** cron tells of a run in the second in which its process begins. */
const toleranceSeconds = 10;

/** The runs of cron that began as one of these processes, however long before. */
export async function cronRunsOf(
  on: Queryable,
  host: string,
  processes: readonly Pick<RunningProcess, 'pid' | 'startedAt'>[],
): Promise<CronRunsRead['runs']> {
  if (processes.length === 0) return [];
  const { rows } = await on.query<CronRunsRead['runs'][number]>({
    name: 'cron-runs-of-processes',
    text: `
      select e.id as "eventId", e.host, e.at, e.body ->> 'user' as user, e.pid,
             e.body ->> 'command' as command
      from unnest($2::integer[], $3::timestamptz[]) as process(pid, began)
      cross join lateral (
        select * from events
        where host = $1 and kind = 'cron-run' and kind in ('login', 'cron-run')
          and events.pid = process.pid
          and at between process.began - make_interval(secs => ${toleranceSeconds})
            and process.began + make_interval(secs => ${toleranceSeconds})
        order by at desc limit 1) e`,
    values: [host, processes.map(({ pid }) => pid), processes.map(({ startedAt }) => startedAt)],
  });
  return rows;
}
